import type { StoredProduct } from '../../stores/catalogue-contracts.ts';

/** What customers write for what catalogues hold. */
const SAME_WORDS: Readonly<Record<string, string>> = {
  small: 's',
  medium: 'm',
  large: 'l',
  litre: 'l',
  litres: 'l',
  liter: 'l',
  liters: 'l',
  gramme: 'g',
  gram: 'g',
  grams: 'g',
  metre: 'm',
  metres: 'm',
  gray: 'grey',
};

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
  return {
    chosen: chosen.map(({ product }) => product),
    named: new Set(chosen.flatMap(({ hits }) => hits)),
  };
}

function isCode(question: string, code: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return bare(question).includes(bare(code));
}

/** Lower-case words and numbers; "20L" is 20 and l. */
export function wordsOf(text: string): string[] {
  const found = text.toLowerCase().match(/\p{N}+(?:[.,]\p{N}+)?|\p{L}+/gu) ?? [];
  return found.map((word) => SAME_WORDS[word] ?? word);
}
