import { distance } from 'fastest-levenshtein';
import type { StoredProduct } from '../../stores/catalogue-contracts.ts';
import { contentWords, stemsOf } from '../../text/content-words.ts';

/** Words that ask about a product and name none. */
const ASKING = new Set([
  // A stop word, which is met here only when it is misspelt.
  'much',
  ...stemsOf(
    `many price prices cost costs costing much expensive cheap cheaper pay charge want need needs looking look find
   search show have has got get sell selling stock sold out left available availability still pair piece pieces order
   orders buy purchase send sent ship shipped deliver delivered delivery arrive wait long soon fast quickly days weeks when today tomorrow
   size sizes colour colours color width version versions number please pls thanks thank hello hi hey there code article item model
   product products something anything one ones kind sort type range offer tell know like exactly right now go going warehouse
   dispatch dispatched take takes taken till really exact euro euros eur made make
   would could can do does did any some my your you me i we us`,
  ),
]);
const LEAST_TYPED = 5;

/**
 * Share 0…1 of the question's own words that the product explains by name, brand, category, attribute or
 * code; words that only ask are left out. One typing error is allowed in words of five letters. 0 when the
 * question has no word of its own.
 */
export function explainedShare(question: string, products: readonly StoredProduct[]): number {
  const own = contentWords(question.replace(/\bsets? (?:me|us) back\b/i, ' cost ')).filter(
    ({ stem }) => !ASKING.has(stem) && !isNear(stem, ASKING),
  );
  if (own.length === 0) return 0;
  const texts = products.map(({ name, brand, category, code, attributes }) =>
    [name, brand, category, code, code.replaceAll('-', ' '), ...Object.values(attributes)].join(' '),
  );
  const known = new Set(texts.flatMap((text) => [...stemsOf(text)]));
  const bare = new Set([...known].map((word) => word.replace(/[^\p{L}\p{N}]/gu, '')));
  const explained = own.filter(({ stem, word }) => known.has(stem) || bare.has(word) || isNear(stem, known));
  return explained.length / own.length;
}

function isNear(stem: string, known: ReadonlySet<string>): boolean {
  if (stem.length < LEAST_TYPED) return false;
  return [...known].some((other) => other.length >= LEAST_TYPED - 1 && distance(stem, other) <= 1);
}
