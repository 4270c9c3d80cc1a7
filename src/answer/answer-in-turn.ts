import { answerQuestion, type AnswerRequest } from './answer.ts';
import type { Answer, AnswerEvent } from './answer-types.ts';
import { createConversationLock } from './conversation-lock.ts';
import type { AnswerTools } from './path-types.ts';

/** The question path, with messages of one conversation answered one after the other. */
export function createAnswering(
  tools: AnswerTools,
): (request: AnswerRequest) => AsyncGenerator<AnswerEvent, Answer> {
  const turns = createConversationLock();
  return async function* answerInTurn(request) {
    if (request.conversationId === undefined) return yield* answerQuestion(request, tools);
    const release = await turns.acquire(request.conversationId, request.signal);
    try {
      return yield* answerQuestion(request, tools);
    } finally {
      release();
    }
  };
}
