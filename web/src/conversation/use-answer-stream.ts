import { useCallback, useEffect, useRef, type Dispatch } from 'preact/hooks';
import type { Answer } from '../../../src/answer/answer-types.ts';
import { stopAnswer, streamAnswer, type Asked } from '../api/answerbox-api.ts';
import { ApiError, ConnectionError } from '../api/api-error.ts';
import { makeProof, needsProof } from '../api/proof.ts';
import type { Connection } from '../connection/use-connection.ts';
import { pauseBefore, untilOnline } from '../connection/pause-before.ts';
import { readStored, STORED, writeStored } from '../stored-text.ts';
import { publishEvent } from './publish-event.ts';
import type { ConversationAction } from './reduce-conversation.ts';
import { toProblem } from './to-problem.ts';

/** The full answer, or `null` where it failed or was stopped; `conversationId` as far as it is known by then. */
export interface StreamResult {
  answer: Answer | null;
  conversationId: string | null;
}

interface AnswerStream {
  run: (asked: Omit<Asked, 'proof'>) => Promise<StreamResult>;
  stop: () => void;
}

/** Tries after which a customer is asked whether to go on: about two minutes, in which a server starts again. */
const MOST_TRIES = 18;

/**
 * Runs one question at a time and hands its events to the conversation. A line that breaks is opened again under the
 * question's id, and the server goes on with the same answer.
 */
export function useAnswerStream(
  dispatch: Dispatch<ConversationAction>,
  connection: Connection,
): AnswerStream {
  const running = useRef<{ id: string; controller: AbortController } | null>(null);
  const { reportReached, reportLost } = connection;

  const stop = useCallback(() => {
    const { current } = running;
    if (!current) return;
    running.current = null;
    current.controller.abort();
    writeStored(STORED.stopped.storage, STORED.stopped.key, current.id);
    stopAnswer(current.id);
    dispatch({ type: 'stop' });
  }, [dispatch]);

  const run = useCallback(
    async (asked: Omit<Asked, 'proof'>): Promise<StreamResult> => {
      running.current?.controller.abort();
      const controller = new AbortController();
      const mine = (running.current = { id: asked.id, controller });
      const result: StreamResult = { answer: null, conversationId: asked.conversationId };
      const tools = { dispatch, reportReached, reportLost, signal: controller.signal };
      await tellAnswer(asked, result, tools);
      if (running.current === mine) running.current = null;
      return result;
    },
    [dispatch, reportReached, reportLost],
  );

  useEffect(() => () => running.current?.controller.abort(), []);
  return { run, stop };
}

/** True for a question that the customer stopped in this tab. */
export function wasStopped(id: string): boolean {
  return readStored(STORED.stopped.storage, STORED.stopped.key) === id;
}

interface Tools extends Pick<Connection, 'reportReached' | 'reportLost'> {
  dispatch: Dispatch<ConversationAction>;
  signal: AbortSignal;
}

async function tellAnswer(asked: Omit<Asked, 'proof'>, result: StreamResult, tools: Tools): Promise<void> {
  const { dispatch, reportLost, signal } = tools;
  let question: Asked = asked;
  for (let tried = 1; ; tried += 1) {
    try {
      return await tellOnce({ ...question, conversationId: result.conversationId }, result, tools);
    } catch (error) {
      if (signal.aborted) return;
      if (needsProof(error) && tried < MOST_TRIES) {
        question = { ...asked, proof: await makeProof(signal).catch(() => undefined) };
        continue;
      }
      if (isBroken(error)) reportLost();
      if (!isBroken(error) || tried >= MOST_TRIES)
        return dispatch({ type: 'fail', problem: toProblem(error), id: asked.id });
      await untilOnline(pauseBefore(tried), signal);
      if (signal.aborted) return;
    }
  }
}

async function tellOnce(asked: Asked, result: StreamResult, tools: Tools): Promise<void> {
  const { dispatch, reportReached, signal } = tools;
  for await (const event of streamAnswer(asked, signal)) {
    if (signal.aborted) return;
    if (event.type === 'answer-start') {
      result.conversationId = event.conversation_id;
      reportReached();
      dispatch({ type: 'sent', id: asked.id });
    }
    if (event.type === 'answer-end') {
      result.answer = event.answer;
      result.conversationId = event.answer.conversation_id;
      dispatch({ type: 'begun', conversationId: event.answer.conversation_id });
      dispatch({ type: 'sent', id: asked.id });
    }
    dispatch({ type: 'event', event });
    publishEvent(event);
    if (event.type === 'error') {
      const problem = { code: event.code, message: event.message, requestId: event.request_id };
      dispatch({ type: 'fail', problem, id: asked.id });
    }
    if (event.type === 'answer-end' || event.type === 'error') return;
  }
  if (!signal.aborted) throw new ConnectionError('The stream ended before the answer did');
}

/** The line, and not the question: a proxy before a server that starts again answers for it. */
function isBroken(error: unknown): boolean {
  if (error instanceof ApiError) return error.code === 'unreadable' && error.status >= 502;
  return error instanceof ConnectionError || error instanceof TypeError;
}
