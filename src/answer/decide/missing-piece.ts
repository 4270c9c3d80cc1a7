import { contentWords } from '../../text/content-words.ts';
import { append } from '../../understand/substitute-phrase.ts';
import { LOCALES } from '../../messages/locales.ts';
import { sayIn } from '../../messages/say.ts';
import type { Question } from '../path-types.ts';
import type { EarlierTurns } from './earlier-turns.ts';
import { CLARIFYING } from './decide-settings.ts';

const ORDINALS: readonly (readonly [RegExp, number])[] = [
  [/^\W*(?:the )?(?:1|1st|first|former)(?: one)?\W*$/i, 0],
  [/^\W*(?:the )?(?:2|2nd|second)(?: one)?\W*$/i, 1],
  [/^\W*(?:the )?(?:3|3rd|third)(?: one)?\W*$/i, 2],
  [/^\W*(?:the )?(?:4|4th|fourth)(?: one)?\W*$/i, 3],
  [/^\W*(?:the )?(?:5|5th|fifth)(?: one)?\W*$/i, 4],
  [/^\W*(?:the )?(?:last|latter)(?: one)?\W*$/i, -1],
];

/** Offered beside the choices, in whatever language. */
const PERSON = LOCALES.map((locale) => sayIn(locale)('talkToPerson'));

/**
 * The reply to our clarifying question, put into the question that it belongs to: a choice as it was offered, its
 * number, some of its words, or a few words of the customer's own. A reply that asks for something else, or that
 * comes after no such question, is left as it is.
 * @param asked the customer's question before ours, in words that stand alone
 */
export function withMissingPiece(question: Question, before: EarlierTurns, asked: string | null): Question {
  const choices = before.choices.filter((choice) => !PERSON.includes(choice));
  if (!before.clarified || asked === null || choices.length === 0 || question.wantsPerson) return question;
  const chosen = choiceOf(question.text, choices);
  const isPiece = chosen !== null || (!question.asks && wordsIn(question.text) <= CLARIFYING.replyWords);
  if (!isPiece) return question;
  const whole = append(asked, `(${chosen ?? question.text})`);
  return {
    ...question,
    standalone: whole,
    parts: [{ text: whole, forms: [whole], added: [] }],
    key: `${question.key} | ${whole.toLowerCase()}`,
    asks: true,
    chosen,
    completes: true,
  };
}

/** The one choice that a reply means, or null. */
export function choiceOf(reply: string, choices: readonly string[]): string | null {
  const same = choices.find((choice) => bare(choice) === bare(reply));
  if (same !== undefined) return same;
  const place = ORDINALS.find(([pattern]) => pattern.test(reply))?.[1];
  if (place !== undefined) return choices.at(place) ?? null;
  if (wordsIn(reply) > CLARIFYING.replyWords) return null;
  const words = [...new Set(contentWords(reply).map(({ stem }) => stem))];
  if (words.length === 0) return null;
  const shares = choices.map((choice) => {
    const held = new Set(contentWords(choice).map(({ stem }) => stem));
    return words.filter((word) => held.has(word)).length / words.length;
  });
  const best = Math.max(...shares);
  const alike = shares.filter((share) => share === best).length;
  return best >= CLARIFYING.matched && alike === 1 ? choices[shares.indexOf(best)]! : null;
}

function wordsIn(text: string): number {
  return text.trim().split(/\s+/).length;
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
