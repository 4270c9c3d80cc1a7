import { PUBLIC_AUDIENCE } from '../stores/contracts.ts';
import type { Session } from '../stores/memory-contracts.ts';
import type { AnswerRequest } from './answer.ts';
import { earlierTurns, type EarlierTurns, type PastMessage } from './decide/earlier-turns.ts';
import { withMissingPiece } from './decide/missing-piece.ts';
import type { AnswerTools, Question } from './path-types.ts';
import { preprocessQuestion } from './preprocess-question.ts';
import { openSession } from './session.ts';

export type AskedMessage = Pick<AnswerRequest, 'message' | 'conversationId' | 'filter' | 'language'>;

/** A message in words that stand alone, and what its conversation adds. */
export interface ReadMessage {
  question: Question;
  before: EarlierTurns;
  session: Session | null;
  /** ISO 639-1 of what its answer shall be in. */
  language: string;
  /** Spent on reading it. */
  milliseconds: number;
}

/**
 * Reads a message as a question of its conversation; stores nothing.
 * @param history what was said before it, oldest first
 * @param started by performance.now()
 * @throws question_*, storage_*
 */
export async function readMessage(
  request: AskedMessage,
  history: readonly PastMessage[],
  started: number,
  tools: AnswerTools,
): Promise<ReadMessage> {
  const { detectLanguage, maxQuestionCharacters, live, guard } = tools;
  // Customers are answered from public documents; nobody from those that do not hold now.
  const filter = { audiences: [PUBLIC_AUDIENCE], ...request.filter, at: live.now().toISOString() };
  const asked = preprocessQuestion(request.message, maxQuestionCharacters, {
    history,
    detectLanguage,
    filter,
    guard,
  });
  const before = earlierTurns(history);
  const session = history.length > 0 ? await openSession(request.conversationId!, tools) : null;
  // What a dialogue waits for ("yes" to an action, an order's number) is no piece of a question to the documents.
  const piece = session?.asked ? null : questionBefore(history, maxQuestionCharacters, before);
  const question = withMissingPiece(asked, before, piece);
  const language = languageOf(request.language) ?? question.language;
  return { question, before, session, language, milliseconds: performance.now() - started };
}

/** ISO 639-1 of what the asker wants to be answered in ("de-AT"), or null. */
function languageOf(requested: string | undefined): string | null {
  return /^\s*([a-z]{2,3})(?:[-_]|\s*$)/i.exec(requested ?? '')?.[1]?.toLowerCase() ?? null;
}

/** The question that we asked back about, in words that stand alone; null when we did not. */
function questionBefore(
  history: readonly PastMessage[],
  limit: number,
  { clarified }: EarlierTurns,
): string | null {
  const at = clarified ? history.findLastIndex(({ role }) => role === 'customer') : -1;
  const asked = history[at]?.text;
  if (asked === undefined) return null;
  return preprocessQuestion(asked, limit, { history: history.slice(0, at) }).standalone;
}
