import { distance } from 'fastest-levenshtein';
import type { StoredProduct } from '../../stores/catalogue-contracts.ts';
import { contentWords, stemsOf } from '../../text/content-words.ts';
import { plainSizes, sameWord } from './same-words.ts';

/** Words that ask about a product and name none. */
const ASKING_TEXT = `many price prices cost costs costing much expensive cheap cheaper pay charge want need needs looking look find
   search show have has got get sell selling stock sold out left available availability still pair piece pieces order
   orders buy purchase send sent ship shipped deliver delivered delivery arrive wait long soon fast quickly days weeks when today tomorrow
   size sizes colour colours color width version versions number please pls thanks thank hello hi hey there code article item model
   product products something anything one ones kind sort type range offer tell know like exactly right now go going warehouse
   dispatch dispatched take takes taken till really exact euro euros eur made make
   would could can do does did any some my your you me i we us come comes coming currently moment chance charge
   whats wheres hows whos whens dont doesnt isnt arent cant couldnt im ive youve theres wot going
   back yet again til till until time times lead ur give list show stocked supply few couple amount total per unit each rrp buying ordering`;
const ASKING = new Set([
  // A stop word, which is met here only when it is misspelt.
  'much',
  ...stemsOf(ASKING_TEXT),
]);
/** As they are written, for those that are misspelt: a stem is too short to tell. */
const ASKING_WORDS = new Set(ASKING_TEXT.split(/\s+/).filter((word) => word.length >= 7));
/** "A bag of grit": what it comes in is not what it is. */
const MEASURE =
  /\b(?:bag|box|boxe|pack|packet|tub|bottle|pair|set|bunch|sack|roll|can|tin|jar|piece)s? of\b/gi;
const LEAST_TYPED = 5;
/** Letters of a word that may stand for a longer one ("daffs"). */
const LEAST_BEGUN = 4;
/** Letters of what is a word of its own, and not "hw" or "u". */
const LEAST_LETTERS = 3;

/**
 * Share 0…1 of the question's own words that the product explains by name, brand, category, attribute or
 * code; words that only ask are left out. One typing error is allowed in words of five letters. 0 when the
 * question has no word of its own.
 */
export function explainedShare(question: string, products: readonly StoredProduct[]): number {
  const known = knownWords(products);
  const own = ownContent(question, known);
  if (own.length === 0) return 0;
  const explained = own.filter(
    ({ stem, word }) =>
      known.has(stem) || known.has(sameWord(word)) || isNear(stem, known) || isBegun(stem, known),
  );
  return explained.length / own.length;
}

/** Stems of the words of a question that do not merely ask: what names the thing. */
export function ownWords(question: string): string[] {
  return ownContent(question, new Set()).map(({ stem }) => stem);
}

function ownContent(question: string, known: ReadonlySet<string>): ReturnType<typeof contentWords> {
  const plain = plainSizes(question.replace(/\bsets? (?:me|us) back\b/i, ' cost ').replace(MEASURE, ' '));
  return contentWords(plain).filter(
    ({ stem, word }) =>
      !ASKING.has(stem) &&
      !isNear(stem, ASKING) &&
      !isNear(word, ASKING_WORDS) &&
      (word.length >= LEAST_LETTERS || /\d/.test(word) || known.has(word)),
  );
}

/** Stems of what the catalogue says of these products, sizes and numbers in one form. */
function knownWords(products: readonly StoredProduct[]): Set<string> {
  const fields = products.flatMap(({ name, brand, category, code, attributes }) => [
    ...[name, brand, category, code, code.replaceAll('-', ' ')],
    ...Object.values(attributes),
  ]);
  // Hundreds of variants differ in two or three words.
  const texts = [...new Set(fields)].map(plainSizes);
  const words = texts.flatMap((text) => contentWords(text));
  // A name may hold a stop word that a question has in the plural: a watering can.
  const every = texts.flatMap((text) => text.match(/\p{L}{3,}/gu) ?? []);
  const known = [...words.flatMap(({ stem, word }) => [stem, sameWord(word)]), ...every];
  return new Set([...known, ...known.map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))]);
}

function isBegun(stem: string, known: ReadonlySet<string>): boolean {
  return stem.length >= LEAST_BEGUN && [...known].some((word) => word.startsWith(stem));
}

function isNear(stem: string, known: ReadonlySet<string>): boolean {
  if (stem.length < LEAST_TYPED) return false;
  return [...known].some((other) => other.length >= LEAST_TYPED - 1 && distance(stem, other) <= 1);
}

/** Share 0…1 of a product's name that was said; for whom it is ("women's") does not count. */
export function namedShare(said: ReadonlySet<string>, name: string): number {
  const stems = [...stemsOf(name.split(',')[0] ?? '')];
  return stems.length === 0 ? 0 : stems.filter((stem) => said.has(stem)).length / stems.length;
}
