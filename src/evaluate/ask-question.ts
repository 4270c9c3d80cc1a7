import type { App } from '../app.ts';
import type { Answer, RequestedMode } from '../answer/answer-types.ts';
import { AnswerboxError, hasCode } from '../errors.ts';

/** What a customer would have seen, and when. */
export interface AskedQuestion {
  /** Null when the question was refused as such (too long, not text). */
  answer: Answer | null;
  totalMs: number;
  /** Until the first text came; null when none came. */
  firstTextMs: number | null;
}

/** Null unless an answer was shown, with or without caveat. */
export function shownAnswer(answer: Answer | null): Answer | null {
  return answer?.outcome === 'answered' || answer?.outcome === 'answered_with_caveat' ? answer : null;
}

/** Asks as a new customer. @throws cancelled, and whatever else is not the question's fault */
export async function askQuestion(
  app: Pick<App, 'answer'>,
  message: string,
  mode: RequestedMode,
  signal: AbortSignal,
  /** A conversation to go on with; else a new one. */
  conversationId?: string,
): Promise<AskedQuestion> {
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  let firstTextMs: number | null = null;
  let answer: Answer | null = null;
  try {
    for await (const event of app.answer({
      message,
      mode,
      signal,
      ...(conversationId !== undefined && { conversationId }),
    })) {
      if (event.type === 'text-delta') firstTextMs ??= elapsed();
      if (event.type === 'answer-end') answer = event.answer;
    }
  } catch (error) {
    const refused = error instanceof AnswerboxError && error.status < 500 && !hasCode(error, 'cancelled');
    if (!refused) throw error;
  }
  return { answer, totalMs: elapsed(), firstTextMs };
}
