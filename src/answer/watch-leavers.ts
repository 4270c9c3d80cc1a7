import type { Answer, AnswerEvent } from './answer-types.ts';
import { hasCode } from '../errors.ts';

/**
 * Tells of conversations whose asker went away before the answer was there. A failure is none of these: the
 * question still waits for somebody.
 */
export async function* watchLeavers(
  events: AsyncGenerator<AnswerEvent, Answer>,
  left: (conversationId: string) => Promise<void>,
): AsyncGenerator<AnswerEvent, Answer> {
  let conversationId: string | null = null;
  let ended = false;
  try {
    for (;;) {
      const step = await events.next();
      if (step.done) {
        ended = true;
        return step.value;
      }
      if (step.value.type === 'answer-start') conversationId = step.value.conversation_id;
      if (step.value.type === 'answer-end') ended = true;
      yield step.value;
    }
  } catch (error) {
    ended = !hasCode(error, 'cancelled');
    throw error;
  } finally {
    await events.return(undefined as never);
    if (!ended && conversationId !== null) await left(conversationId);
  }
}
