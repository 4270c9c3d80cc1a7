import type { Answer, AnswerEvent } from '../../answer/answer-types.ts';
import { AnswerboxError } from '../../errors.ts';
import type { ConversationStore } from '../../stores/contracts.ts';

/** Above the number of any event of an answer: whoever went on before its end still gets its end. */
const LAST_SEQUENCE = 1_000_000;

type Told = (signal: AbortSignal) => AsyncGenerator<AnswerEvent, Answer>;

/**
 * What the store knows of a question that memory has forgotten: its answer, as the one event that holds all of
 * it. Null when there is no such question.
 * @throws answer_interrupted when it has no answer: it was broken off
 */
export async function findToldAnswer(store: ConversationStore, questionId: string): Promise<Told | null> {
  const question = await store.findMessage(questionId);
  if (question?.role !== 'customer') return null;
  const messages = await store.listMessages(question.conversationId);
  const place = messages.findIndex(({ id }) => id === questionId);
  const reply = messages[place + 1];
  if (!reply?.answer) throw new AnswerboxError('answer_interrupted');
  const answer = JSON.parse(reply.answer) as Answer;
  return async function* () {
    yield { sequence: LAST_SEQUENCE, type: 'answer-end', answer };
    return answer;
  };
}
