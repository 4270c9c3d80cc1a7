import { AnswerboxError } from '../errors.ts';
import { normalizeText } from '../text/normalize-text.ts';
import type { Question } from './path-types.ts';

/** A second question in the same message: after a question mark, or a joined question word. */
const PART_BORDER =
  /(?<=\?)\s+(?=\S)|,?\s+and(?:\s+also)?,?\s+(?=(?:what|how|when|where|who|which|can|could|do|does|is|are|will|would|should|may)\b)/i;
const ASKS =
  /\?|^\W*(?:what|how|when|where|who|which|why|can|could|do|does|did|is|are|will|would|should|may|must|has|have)\b/i;
const SHORTEST_PART = 3;
const MOST_PARTS = 3;

const PERSON =
  /\b(?:speak|talk|chat|connect|pass|put)\b.{0,25}\b(?:to|with|through)\b.{0,20}\b(?:person|human|agent|someone|somebody|staff|representative|advisor|colleague)\b|\b(?:real|actual|live)\s+(?:person|human|agent)\b|^(?:human|agent|person)[.!?]*$/i;

/**
 * Cleans the text of a question and finds its parts.
 * @throws question_empty, question_too_long, question_not_text
 */
export function preprocessQuestion(message: string, limit: number): Question {
  if (message.length > limit) throw new AnswerboxError('question_too_long', { found: message.length, limit });
  const text = normalizeText(message).replace(/\s+/g, ' ').trim();
  if (text === '') throw new AnswerboxError(message.trim() === '' ? 'question_empty' : 'question_not_text');
  if (!/[\p{L}\p{N}]/u.test(text) || /\uFFFD{2,}/.test(text)) throw new AnswerboxError('question_not_text');
  return {
    text,
    parts: splitParts(text),
    key: text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
    readable: isReadable(text),
    wantsPerson: PERSON.test(text),
    asks: ASKS.test(text),
  };
}

/** What only tells of the asker's case ("I have weak ankles.") stays with the question it belongs to. */
function splitParts(text: string): string[] {
  const parts: string[] = [];
  for (const piece of text.split(PART_BORDER)) {
    const stands = ASKS.test(piece) && piece.split(' ').length >= SHORTEST_PART;
    const before = stands ? undefined : parts.pop();
    parts.push(before === undefined ? piece : `${before} ${piece}`);
  }
  return parts.length > 1 && parts.length <= MOST_PARTS && parts.every((part) => ASKS.test(part))
    ? parts
    : [text];
}

/** The models were trained on English; other Latin text is tried, other scripts are not guessed at. */
function isReadable(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters === 0 || latin >= letters / 2;
}
