import { useCallback, useReducer } from 'preact/hooks';
import { createId } from '../api/create-id.ts';
import type { Connection } from '../connection/use-connection.ts';
import { useFollowedEvents } from '../desk/use-followed-events.ts';
import { useFiles, type SendFile } from '../files/use-files.ts';
import {
  EMPTY_CONVERSATION,
  isOngoing,
  type AnswerEntry,
  type ConversationState,
  type CustomerEntry,
} from './conversation-state.ts';
import { reduceConversation } from './reduce-conversation.ts';
import { useAnswerStream, type StreamResult } from './use-answer-stream.ts';
import { useHandover, type Handover } from './use-handover.ts';
import { useInterruptedAnswer } from './use-interrupted-answer.ts';
import { useOlder } from './use-older.ts';
import { useStoredConversation } from './use-stored-conversation.ts';

export interface Conversation {
  state: ConversationState;
  ongoing: AnswerEntry | null;
  restoring: boolean;
  handover: Handover;
  ask: (text: string) => Promise<StreamResult>;
  retry: (entry: AnswerEntry | CustomerEntry) => void;
  stop: () => void;
  startOver: () => void;
  sendFile: SendFile;
  /** Reads what came before. */
  loadOlder: () => Promise<void>;
  /** The customer rated how it went. */
  noteRating: (rating: number) => void;
}

export function useConversation(connection: Connection): Conversation {
  const [state, dispatch] = useReducer(reduceConversation, EMPTY_CONVERSATION);
  const restoring = useStoredConversation(state, dispatch);
  const { run, stop } = useAnswerStream(dispatch, connection);
  useFollowedEvents(state, dispatch, connection);
  const { conversationId } = state;

  const ask = useCallback(
    (message: string) => {
      stop();
      const id = createId();
      dispatch({ type: 'ask', text: message, id });
      return run({ message, id, conversationId });
    },
    [run, stop, conversationId],
  );
  const retry = useCallback(
    (entry: AnswerEntry | CustomerEntry) => {
      stop();
      dispatch({ type: 'retry', key: entry.key });
      const asked =
        entry.kind === 'answer'
          ? { message: entry.question, id: entry.questionId }
          : { message: entry.text, id: entry.id };
      void run({ ...asked, conversationId });
    },
    [run, stop, conversationId],
  );
  const startOver = useCallback(() => {
    stop();
    dispatch({ type: 'reset' });
  }, [stop]);
  const noteRating = useCallback((rating: number) => dispatch({ type: 'rated', rating }), []);

  useInterruptedAnswer(state, retry);
  const handover = useHandover(state, ask, dispatch);
  const sendFile = useFiles(state, dispatch);
  const loadOlder = useOlder(state, dispatch);
  const ongoing = state.entries.findLast(isOngoing) ?? null;
  return {
    state,
    ongoing,
    restoring,
    handover,
    ask,
    retry,
    stop,
    startOver,
    sendFile,
    loadOlder,
    noteRating,
  };
}
