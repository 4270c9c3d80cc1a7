import type { StoredProduct } from '../../stores/catalogue-contracts.ts';
import { wordsOf } from './same-words.ts';

/** Says which of several by their size, without naming it. */
const LARGEST =
  /\b(?:larger|largest|bigger|biggest|taller|tallest|longer|longest)\b(?! than)|\b(?:the|your) (?:large|big|tall|long)\b|\b(?:large|big|tall|long) (?:one|size|version)s?\b/i;
const SMALLEST =
  /\b(?:smaller|smallest|shorter|shortest)\b(?! than)|\b(?:the|your) (?:small|little|short|mini)\b|\b(?:small|little|short|mini) (?:one|size|version)s?\b/i;

export interface Variants {
  /** The variants that fit best; all of them when nothing of them is named. */
  chosen: StoredProduct[];
  /** Words of the question that name a size, a colour or another attribute of the chosen ones. */
  named: Set<string>;
}

/**
 * The variants of one product that a question names: "in black, 44", "medium". A word of the product's own
 * name ("Lanner 3") names no variant.
 */
export function chooseVariants(question: string, variants: readonly StoredProduct[]): Variants {
  const asked = new Set(wordsOf(question));
  const inName = new Set(variants.flatMap(({ name }) => wordsOf(name)));
  const marked = variants.map((product) => {
    const words = Object.values(product.attributes).flatMap(wordsOf);
    const hits = words.filter((word) => asked.has(word) && !inName.has(word));
    const code = isCode(question, product.code) ? 100 : 0;
    return { product, hits, score: code + new Set(hits).size };
  });
  const best = Math.max(...marked.map(({ score }) => score));
  const chosen = marked.filter(({ score }) => score === best);
  const named = new Set(chosen.flatMap(({ hits }) => hits));
  const fitting = chosen.map(({ product }) => product);
  const said = question.replace(new RegExp(inNameOnly(inName), 'giu'), ' ');
  const ends = LARGEST.test(said) ? 'largest' : SMALLEST.test(said) ? 'smallest' : null;
  const sized = ends === null ? null : atEnd(fitting, ends);
  return sized === null ? { chosen: fitting, named } : { chosen: sized, named: named.add(ends!) };
}

/** "The bigger one": the variants at one end of the sizes, when these are numbers of one unit; else null. */
function atEnd(variants: readonly StoredProduct[], end: 'largest' | 'smallest'): StoredProduct[] | null {
  const sizes = variants.map(({ attributes }) =>
    /^\D*?(\d+(?:[.,]\d+)?)\s*(\p{L}*)/u.exec(attributes['size'] ?? ''),
  );
  const units = new Set(sizes.map((size) => size?.[2]?.toLowerCase()));
  const numbers = sizes.map((size) => Number(size?.[1]?.replace(',', '.')));
  if (units.size !== 1 || numbers.some(Number.isNaN) || new Set(numbers).size < 2) return null;
  const wanted = end === 'largest' ? Math.max(...numbers) : Math.min(...numbers);
  return variants.filter((_, place) => numbers[place] === wanted);
}

/** A word of the product's own name ("Long Tom pot") says nothing of the size. */
function inNameOnly(words: ReadonlySet<string>): string {
  const letters = [...words].filter((word) => /^\p{L}+$/u.test(word));
  return letters.length === 0 ? '(?!)' : `(?<!\\p{L})(?:${letters.join('|')})(?!\\p{L})`;
}

function isCode(question: string, code: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return bare(question).includes(bare(code));
}
