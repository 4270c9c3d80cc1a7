import { useCallback, useEffect, useRef, type Dispatch } from 'preact/hooks';
import type { Answer } from '../../../src/answer/answer-types.ts';
import { streamAnswer } from '../api/answerbox-api.ts';
import { ConnectionError } from '../api/api-error.ts';
import type { Connection } from '../connection/use-connection.ts';
import { publishEvent } from './publish-event.ts';
import type { ConversationAction } from './reduce-conversation.ts';
import { toProblem } from './to-problem.ts';

/** The full answer, or `null` where it failed or was stopped; `conversationId` as far as it is known by then. */
export interface StreamResult {
  answer: Answer | null;
  conversationId: string | null;
}

interface AnswerStream {
  run: (question: string, conversationId: string | null) => Promise<StreamResult>;
  stop: () => void;
}

/** Runs one question at a time and hands its events to the conversation. */
export function useAnswerStream(
  dispatch: Dispatch<ConversationAction>,
  connection: Connection,
): AnswerStream {
  const running = useRef<AbortController | null>(null);
  const { reportReached, reportLost } = connection;

  const stop = useCallback(() => {
    running.current?.abort();
    dispatch({ type: 'stop' });
  }, [dispatch]);

  const run = useCallback(
    async (question: string, conversationId: string | null): Promise<StreamResult> => {
      running.current?.abort();
      const { signal } = (running.current = new AbortController());
      const result: StreamResult = { answer: null, conversationId };
      try {
        for await (const event of streamAnswer(question, conversationId, signal)) {
          if (signal.aborted) break;
          if (event.type === 'answer-start') {
            result.conversationId = event.conversation_id;
            reportReached();
          }
          if (event.type === 'answer-end') result.answer = event.answer;
          dispatch({ type: 'event', event });
          publishEvent(event);
          if (event.type === 'answer-end' || event.type === 'error') return result;
        }
        if (!signal.aborted) throw new ConnectionError('The stream ended before the answer did');
      } catch (error) {
        if (signal.aborted) return result;
        if (error instanceof ConnectionError || error instanceof TypeError) reportLost();
        dispatch({ type: 'fail', problem: toProblem(error) });
      }
      return result;
    },
    [dispatch, reportReached, reportLost],
  );

  useEffect(() => () => running.current?.abort(), []);
  return { run, stop };
}
