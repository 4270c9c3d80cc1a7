import { contentWords } from '../text/content-words.ts';
import { normalizeCode } from '../text/normalize-code.ts';
import { PRODUCT_SEARCH } from './finder-settings.ts';
import type { ProductFilters, ProductQuery, ProductVocabulary } from './finder-types.ts';
import { ASKING_WORDS, COLOURS } from './question-words.ts';
import { readPriceRange } from './read-price-range.ts';

const SIZE =
  /(?<!\p{L})(?:sizes?|größen?|groessen?|gr\.)\s*(?:(?:eu|uk|us|de)\s*)?([\p{L}\d][\p{L}\d.,/]*)/iu;
const IN_SIZE = /(?<!\p{L})(?:in|eu)\s+((?:\d{0,2}x{1,4}|x{0,4})[sl]|m|\d{2,3}(?:[.,]5)?)(?![\p{L}\d])/giu;
const LONE_NUMBER = /(?<![\p{L}\d.,-])(\d{2,3}(?:[.,]5)?)(?![\p{L}\d-]|[.,]\d)/gu;
const IN_STOCK =
  /(?:in stock|on stock|available(?: now)?|ready to ship|auf lager|vorrätig|lieferbar|verfügbar)/iu;
/** Asks after the stock of something named; what is out of stock must be found as well, to say so. */
const ASKS_STOCK = /^\W*(?:is|are|when|how many|ist|sind|wann|wie viele|gibt es noch)(?!\p{L})/iu;
/** "The gloves in medium, in stock?": so does this, unless it asks which ones there are. */
const ENDS_ASKING =
  /^(?!\W*(?:which|what|show|do you|have you|any|welche|was|habt|haben)(?!\p{L})).*(?:in stock|on stock|available|auf lager|vorrätig|lieferbar|verfügbar)\W*\?\W*$/isu;
const CHEAPEST =
  /(?<!\p{L})(?:cheapest|lowest[- ](?:cost|priced?)|least (?:expensive|dear|pricey|costly)|most inexpensive|günstigste[nrs]?|billigste[nrs]?)(?!\p{L})/iu;
const DEAREST =
  /(?<!\p{L})(?:most (?:expensive|pricey|costly)|priciest|costliest|dearest|highest[- ]priced?|teuerste[nrs]?)(?!\p{L})/iu;
const CODE_WORDS = 3;
/** Digits alone from which on a number may be a code without being called one. */
const NUMERIC_CODE = 4;

/** Reads what is looked for: a code, filters, and the words that are left. */
export function readProductQuery(question: string, vocabulary: ProductVocabulary): ProductQuery {
  const filters: ProductFilters = {};
  const code = findCode(question, vocabulary);
  const { price, rest } = readPriceRange(question);
  if (price) filters.price = price;
  let text = rest;
  const cut = (pattern: RegExp): boolean => {
    const before = text;
    text = text.replace(pattern, ' ; ');
    return text !== before;
  };
  const order = cut(CHEAPEST) ? 'cheapest' : cut(DEAREST) ? 'dearest' : null;
  const unpriced = text;
  const size = findSize(text, vocabulary);
  if (size) {
    filters.size = size.size;
    text = text.replace(size.found, ' ; ');
  }
  const asks = ASKS_STOCK.test(question) || ENDS_ASKING.test(question);
  if (cut(IN_STOCK) && !asks) filters.inStock = true;
  const { words, colours } = readWords(text, vocabulary);
  if (colours.length > 0) filters.colours = colours;
  return { words, filters, rest: unpriced, ...(code !== null && { code }), ...(order !== null && { order }) };
}

/** One to three words that together are a known code; the longest wins. */
function findCode(question: string, vocabulary: ProductVocabulary): string | null {
  return codeCandidates(question).find((key) => vocabulary.hasCode(key)) ?? null;
}

/** What may be a code, normalised: one to three words with a digit in them, or all there are; the longest first. */
export function codeCandidates(question: string): string[] {
  const tokens = question.split(/[\s,;:!?()"]+/).filter((token) => token !== '');
  const found: string[] = [];
  for (let length = CODE_WORDS; length > 0; length--) {
    for (let from = 0; from + length <= tokens.length; from++) {
      const key = normalizeCode(tokens.slice(from, from + length).join('')).replace(/\.$/, '');
      const alone = length === tokens.length;
      const telling = /\d/.test(key) && (/\D/.test(key) || key.length >= NUMERIC_CODE);
      if (telling || alone) found.push(key);
    }
  }
  return found;
}

function findSize(text: string, vocabulary: ProductVocabulary): { size: string; found: string } | null {
  const told = SIZE.exec(text);
  // "What sizes are there?" names none.
  if (told?.[1] && (/\d/.test(told[1]) || vocabulary.hasSize(plainSize(told[1]))))
    return { size: plainSize(told[1]), found: told[0] };
  for (const found of [...text.matchAll(IN_SIZE), ...text.matchAll(LONE_NUMBER)]) {
    const [all, size = ''] = found;
    // "in m" is a unit, "in M" a size.
    if (/^[a-z]$/.test(size) || !vocabulary.hasSize(plainSize(size))) continue;
    return { size: plainSize(size), found: all };
  }
  return null;
}

/** "EU 42,0" is "42". */
export function plainSize(size: string): string {
  return size
    .toLowerCase()
    .replace(/^(?:eu|gr\.?|size|größe)\s*(?=\d)/, '')
    .replace(',', '.')
    .replace(/\.0*$/, '')
    .trim();
}

function readWords(text: string, vocabulary: ProductVocabulary): { words: string[]; colours: string[] } {
  const colours = new Set<string>();
  const words = new Set<string>();
  const frame = new Set<string>();
  for (const { word, stem } of contentWords(text)) {
    const colour = [word, ...(COLOURS.get(word) ?? [])].filter((name) => vocabulary.hasColour(name));
    if (colour.length > 0) for (const name of colour) colours.add(name);
    else if (ASKING_WORDS.has(word)) frame.add(stem);
    else words.add(stem);
  }
  const empty = words.size === 0 && colours.size === 0;
  return { words: [...(empty ? frame : words)].slice(0, PRODUCT_SEARCH.queryWords), colours: [...colours] };
}
