import type { Product } from '../stores/catalogue-contracts.ts';
import { contentWords } from '../text/content-words.ts';
import { normalizeCode } from '../text/normalize-code.ts';
import { PRODUCT_SEARCH } from './finder-settings.ts';
import type { ProductVocabulary } from './finder-types.ts';
import { minorDigits } from './read-currency.ts';
import { plainSize } from './read-product-query.ts';
import { createWordIndex, type WordIndex } from './word-index.ts';

/** Where a word stands, in the low bits of a posting. */
export const PLACES = ['name', 'brand', 'category', 'attribute', 'description'] as const;
export const PLACE_BITS = 3;

/**
 * What is searched: columns instead of objects, some 100 bytes a product. Rows are numbered in the order they
 * were added, families in the order they first came.
 */
export interface ProductIndex extends ProductVocabulary {
  readonly rows: number;
  readonly words: WordIndex;
  readonly families: readonly string[];
  readonly codes: readonly string[];
  /** Postings of each word: family number shifted by PLACE_BITS, place in the low bits; a family may stand twice. */
  readonly postings: readonly Uint32Array[];
  /** Rows of family f: members[starts[f]] … members[starts[f + 1] - 1]. */
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
  /** Words of a family's name. */
  readonly nameWords: Uint8Array;
  /** Whole units; NaN when there is none. */
  readonly prices: Float64Array;
  readonly currencies: Uint16Array;
  /** -1 when unknown. */
  readonly stocks: Int32Array;
  readonly sizes: Uint32Array;
  readonly colours: Uint32Array;
  /** Numbers of currencies and sizes; 0 is none. */
  currencyId(currency: string): number;
  sizeId(size: string): number;
  /** Numbers of the colours with this word in their name: "forest green" for "green". */
  colourIds(word: string): readonly number[];
  /** Family of a product's or a family's normalised code. */
  familyOf(key: string): number | null;
}

export interface IndexBuilder {
  add(products: readonly Product[]): void;
  finish(): ProductIndex;
}

export function createIndexBuilder(): IndexBuilder {
  const words = createWordIndex();
  const postings: number[][] = [];
  const families = new Map<string, number>();
  const codeFamilies = new Map<string, number>();
  const nameWords: number[] = [];
  const codes: string[] = [];
  const rowFamilies: number[] = [];
  const [prices, currencies, stocks, sizes, colours]: number[][] = [[], [], [], [], []];
  const [currencyIds, sizeIds, colourIds] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ];
  const stems = createStemCache();

  const post = (family: number, text: string, place: number): number => {
    const found = stems(text);
    for (const stem of found) {
      const id = words.idOf(stem, PLACES[place] !== 'description');
      const list = (postings[id] ??= []);
      const entry = (family << PLACE_BITS) | place;
      // Variants follow one another, so most repetitions end here.
      if (list.at(-1) !== entry) list.push(entry);
    }
    return found.length;
  };
  const familyOf = (product: Product): number => {
    const key = product.family;
    let family = families.get(key);
    if (family === undefined) {
      families.set(key, (family = families.size));
      codeFamilies.set(normalizeCode(key), family);
      nameWords.push(stems(product.name).length);
      post(family, product.description, PLACES.indexOf('description'));
    }
    return family;
  };
  const addOne = (product: Product): void => {
    const family = familyOf(product);
    const { size, colour, ...others } = product.attributes;
    post(family, product.name, PLACES.indexOf('name'));
    post(family, product.brand, PLACES.indexOf('brand'));
    post(family, product.category, PLACES.indexOf('category'));
    for (const value of [colour, ...Object.values(others)])
      if (value !== undefined) post(family, value, PLACES.indexOf('attribute'));
    codes.push(product.code);
    codeFamilies.set(normalizeCode(product.code), family);
    rowFamilies.push(family);
    const { price } = product;
    prices!.push(price === null ? NaN : price.minor / 10 ** minorDigits(price.currency));
    currencies!.push(price === null ? 0 : numberOf(currencyIds, price.currency));
    stocks!.push(product.stock ?? -1);
    sizes!.push(size === undefined ? 0 : numberOf(sizeIds, plainSize(size)));
    colours!.push(colour === undefined ? 0 : numberOf(colourIds, colour.toLowerCase()));
  };

  return {
    add: (products) => products.forEach(addOne),
    finish: () => {
      const colourWords = wordsOfColours(colourIds);
      return {
        rows: codes.length,
        words,
        families: [...families.keys()],
        codes,
        postings: postings.map((list) => Uint32Array.from(list)),
        ...groupRows(rowFamilies, families.size),
        nameWords: Uint8Array.from(nameWords, (count) => Math.min(255, count)),
        prices: Float64Array.from(prices!),
        currencies: Uint16Array.from(currencies!),
        stocks: Int32Array.from(stocks!),
        sizes: Uint32Array.from(sizes!),
        colours: Uint32Array.from(colours!),
        currencyId: (currency) => currencyIds.get(currency) ?? 0,
        sizeId: (size) => sizeIds.get(size) ?? 0,
        colourIds: (word) => colourWords.get(word) ?? [],
        familyOf: (key) => codeFamilies.get(key) ?? null,
        hasCode: (key) => codeFamilies.has(key),
        hasSize: (size) => sizeIds.has(size),
        hasColour: (word) => colourWords.has(word),
      };
    },
  };
}

function numberOf(ids: Map<string, number>, value: string): number {
  let id = ids.get(value);
  if (id === undefined) ids.set(value, (id = ids.size + 1));
  return id;
}

/** Brands, categories and the names of variants come again and again; stemming is most of the work. */
function createStemCache(): (text: string) => readonly string[] {
  let recent = new Map<string, readonly string[]>();
  return (text) => {
    let found = recent.get(text);
    if (found === undefined) {
      found = [...new Set(contentWords(text).map(({ stem }) => stem))].slice(
        0,
        PRODUCT_SEARCH.descriptionWords,
      );
      if (recent.size >= 1_000) recent = new Map();
      recent.set(text, found);
    }
    return found;
  };
}

function wordsOfColours(ids: ReadonlyMap<string, number>): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [colour, id] of ids) {
    for (const word of new Set([colour, ...contentWords(colour).map((entry) => entry.word)])) {
      const list = found.get(word);
      if (list) list.push(id);
      else found.set(word, [id]);
    }
  }
  return found;
}

function groupRows(
  rowFamilies: readonly number[],
  families: number,
): { starts: Uint32Array; members: Uint32Array } {
  const starts = new Uint32Array(families + 1);
  for (const family of rowFamilies) starts[family + 1]!++;
  for (let family = 0; family < families; family++) starts[family + 1]! += starts[family]!;
  const next = starts.slice();
  const members = new Uint32Array(rowFamilies.length);
  for (const [row, family] of rowFamilies.entries()) members[next[family]!++] = row;
  return { starts, members };
}
