import type { Answer } from '../answer-types.ts';
import type { HistoryMessage } from '../../understand/standalone-question.ts';

/** What became of the messages just before this one. */
export interface EarlierTurns {
  /** Our last reply asked the customer to choose or to add something. */
  clarified: boolean;
  /** Replies in a row, up to the last, that answered nothing. */
  unanswered: number;
  /** Text of our last reply; '' when there is none. */
  lastReply: string;
  /** What the last reply offered to choose from. */
  choices: readonly string[];
}

/** A message as the store holds it: replies with the answer object as JSON. */
export type PastMessage = HistoryMessage & { answer?: string | null };

/** @param history oldest first */
export function earlierTurns(history: readonly PastMessage[]): EarlierTurns {
  const replies = history.filter(({ role }) => role === 'assistant').map((message) => outcomeOf(message));
  const last = replies.at(-1);
  const answered = replies.findLastIndex((reply) => reply.outcome !== 'declined');
  return {
    clarified: last?.outcome === 'clarify',
    unanswered: replies.length - 1 - answered,
    lastReply: last?.text ?? '',
    choices: last?.choices ?? [],
  };
}

/** Nothing before bears on what is decided now, so that an answer given to others may be given again. */
export function startsAnew({ clarified, unanswered }: EarlierTurns): boolean {
  return !clarified && unanswered === 0;
}

function outcomeOf({ text, answer }: PastMessage): {
  text: string;
  outcome: Answer['outcome'] | null;
  choices: string[];
} {
  if (!answer) return { text, outcome: null, choices: [] };
  const { outcome, quick_replies } = JSON.parse(answer) as Pick<Answer, 'outcome' | 'quick_replies'>;
  return { text, outcome, choices: quick_replies };
}
