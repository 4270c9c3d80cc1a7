import { useCallback, useReducer } from 'preact/hooks';
import type { Connection } from '../connection/use-connection.ts';
import {
  EMPTY_CONVERSATION,
  isOngoing,
  type AnswerEntry,
  type ConversationState,
} from './conversation-state.ts';
import { reduceConversation } from './reduce-conversation.ts';
import { useAnswerStream, type StreamResult } from './use-answer-stream.ts';
import { useHandover, type Handover } from './use-handover.ts';
import { useStoredConversation } from './use-stored-conversation.ts';

export interface Conversation {
  state: ConversationState;
  ongoing: AnswerEntry | null;
  restoring: boolean;
  handover: Handover;
  ask: (text: string) => Promise<StreamResult>;
  retry: (entry: AnswerEntry) => void;
  stop: () => void;
  startOver: () => void;
}

export function useConversation(connection: Connection): Conversation {
  const [state, dispatch] = useReducer(reduceConversation, EMPTY_CONVERSATION);
  const restoring = useStoredConversation(state, dispatch);
  const { run, stop } = useAnswerStream(dispatch, connection);
  const { conversationId } = state;

  const ask = useCallback(
    (text: string) => {
      stop();
      dispatch({ type: 'ask', text });
      return run(text, conversationId);
    },
    [run, stop, conversationId],
  );
  const retry = useCallback(
    (entry: AnswerEntry) => {
      stop();
      dispatch({ type: 'retry', key: entry.key });
      void run(entry.question, conversationId);
    },
    [run, stop, conversationId],
  );
  const startOver = useCallback(() => {
    stop();
    dispatch({ type: 'reset' });
  }, [stop]);

  const handover = useHandover(conversationId, ask, dispatch);
  const newest = state.entries.findLast(isOngoing) ?? null;
  return { state, ongoing: newest, restoring, handover, ask, retry, stop, startOver };
}
