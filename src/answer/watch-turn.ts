import { hasCode } from '../errors.ts';
import type { Answer, AnswerEvent } from './answer-types.ts';

/** 'left': the asker went away before the answer was there; after a failure the question still waits. */
export type TurnEnd = 'answered' | 'failed' | 'left';

export interface TurnWatcher {
  /** The question is stored, and nobody has looked at it yet. */
  started(conversationId: string): Promise<void>;
  ended(conversationId: string, how: TurnEnd): Promise<void>;
}

/** Tells of the beginning and the end of a turn; changes nothing of it. */
export async function* watchTurn(
  events: AsyncGenerator<AnswerEvent, Answer>,
  watcher: TurnWatcher,
): AsyncGenerator<AnswerEvent, Answer> {
  let conversationId: string | null = null;
  let how: TurnEnd = 'left';
  try {
    for (;;) {
      const step = await events.next();
      if (step.done) {
        how = 'answered';
        return step.value;
      }
      const event = step.value;
      if (event.type === 'answer-end') how = 'answered';
      if (event.type === 'answer-start') {
        conversationId = event.conversation_id;
        await watcher.started(conversationId);
      }
      yield event;
    }
  } catch (error) {
    how = hasCode(error, 'cancelled') ? 'left' : 'failed';
    throw error;
  } finally {
    await events.return(undefined as never);
    if (conversationId !== null) await watcher.ended(conversationId, how);
  }
}
