import { parsePhrases, type Phrase } from './parse-phrases.ts';
import { standaloneQuestion } from './standalone-question.ts';
import { stripEnd } from './substitute-phrase.ts';

const ASKING = '(?:what|how|when|where|who|which|can|could|do|does|is|are|will|would|should|may)';
const ASKS =
  /[?？]|^\W*(?:what|how|when|where|who|which|why|can|could|do|does|did|is|are|will|would|should|may|must|has|have)\b/i;
/** "until when", "after how many days", "what". */
const ASKING_AGAIN = `(?:(?:until|till|by|for|since|after|within|from|to|in|on|at)\\s+(?:when|how|which|what)|${ASKING})\\b`;
/** "please tell me": an order to us that wants an answer. */
const TELLING = '(?:please\\s+)?(?:tell|show|explain)\\s+(?:me|us)\\b';
/** A second question in the same message: after a question mark, or a joined question word. */
const AFTER_MARK = `(?<=[?？])\\s*(?=[^\\s?？!.)"'”’])`;
const JOINED = `,?\\s+(?:and(?:\\s+also)?|also),?\\s+(?=${ASKING_AGAIN}|${TELLING})`;
const PART_BORDER = new RegExp(`${AFTER_MARK}|${JOINED}`, 'i');
/** In a list that ends with ", and what …" a comma before a question word divides too. */
const LIST_BORDER = new RegExp(`${AFTER_MARK}|${JOINED}|,\\s+(?=${ASKING_AGAIN})`, 'i');
const IS_LIST = new RegExp(`,\\s+${ASKING_AGAIN}.*,\\s+and\\s+${ASKING_AGAIN}`, 'i');
/** A piece that asks by itself, in any of its sentences. */
const PIECE_ASKS = new RegExp(
  `${ASKS.source}|(?:^\\W*|[.!:]\\s+)(?:and\\s+)?(?:${ASKING_AGAIN}|${TELLING})`,
  'i',
);
/** "1. … 2. …", "a) … b) …". */
const LIST_MARK = /(?:^|\s)(?:\(?([1-9]|[a-e])[.)])\s+(?=\S)/g;
/** "between Germany and Austria", "from Germany to …": two places of one question. */
const PAIRED = /\b(?:between|from|both)\b/i;
/** Words of a question from which on it can stand alone. */
const SHORTEST_PART = 3;
const MOST_PARTS = 3;

/**
 * The questions of a message, in order, at most three (more are joined to the third): each after a question
 * mark or a joined question word, items of a numbered list, and places or payments that share a verb
 * ("delivery times to Austria and Switzerland"). What only tells of the asker's case ("I have weak ankles.")
 * stays with the question it belongs to; "it" in a later part is replaced where the first names one thing.
 */
export function splitParts(text: string): string[] {
  const parts = listItems(text) ?? questions(text).flatMap(alternatives);
  const kept = parts.length > MOST_PARTS ? [...parts.slice(0, 2), parts.slice(2).join(' ')] : parts;
  return kept.map((part, index) => (index === 0 ? part : carrySubject(part, kept[0]!)));
}

/** Says whether a text is put as a question. */
export function asks(text: string): boolean {
  return ASKS.test(text);
}

function questions(text: string): string[] {
  const parts: string[] = [];
  for (const piece of text.split(IS_LIST.test(text) ? LIST_BORDER : PART_BORDER)) {
    const stands = PIECE_ASKS.test(piece) && (piece.split(' ').length >= SHORTEST_PART || /[？]/.test(piece));
    const before = stands ? undefined : parts.pop();
    parts.push(before === undefined ? piece : `${before} ${piece}`);
  }
  return parts.length > 1 && parts.every((part) => PIECE_ASKS.test(part)) ? parts : [text];
}

/** Items in order from "1" or "a"; words before the first ("Two questions:") ask nothing. */
function listItems(text: string): string[] | null {
  const marks = [...text.matchAll(LIST_MARK)];
  const inOrder = marks.every(([, sign], index) => sign === String(index + 1) || sign === 'abcde'[index]);
  if (marks.length < 2 || !inOrder) return null;
  const before = text.slice(0, marks[0]!.index).trim();
  const items = marks.map(({ index, 0: mark }, place) =>
    text.slice(index + mark.length, marks[place + 1]?.index ?? text.length).replace(/[\s;,]+$/, ''),
  );
  if (items.some((item) => item.split(' ').length < SHORTEST_PART)) return null;
  return /[?？]/.test(before) ? [before, ...items] : items;
}

/** "to Austria and Switzerland?": one question for each, when they are of one type and change the answer. */
function alternatives(question: string): string[] {
  if (PAIRED.test(question)) return [question];
  const { phrases } = parsePhrases(question);
  const at = phrases.findIndex((phrase, index) => isAlternative(question, phrase, phrases[index + 1]));
  if (at < 0) return [question];
  const run = [phrases[at]!];
  for (
    let next = at + 1;
    next < phrases.length && isAlternative(question, run.at(-1)!, phrases[next]);
    next++
  )
    run.push(phrases[next]!);
  const end = run.at(-1)!.end;
  return run.map((phrase) => {
    const written = question.slice(phrase.nounStart, phrase.end);
    return `${question.slice(0, run[0]!.nounStart)}${written}${question.slice(end)}`;
  });
}

function isAlternative(text: string, left: Phrase, right: Phrase | undefined): boolean {
  if (right?.type !== left.type || (left.type !== 'place' && left.type !== 'payment')) return false;
  const samePreposition = right.preposition === null || right.preposition === left.preposition;
  return (
    samePreposition &&
    /^\s*(?:,|,?\s+(?:and|or)(?:\s+(?:also\s+)?)?)\s*$/i.test(text.slice(left.end, right.start))
  );
}

/** A later part whose pronoun can only mean what the first part names. */
function carrySubject(part: string, first: string): string {
  if (!/\b(?:it|its|they|them|their)\b/i.test(part)) return part;
  const { standalone, leans, sure } = standaloneQuestion(part, [{ role: 'customer', text: stripEnd(first) }]);
  return leans && sure ? standalone : part;
}
