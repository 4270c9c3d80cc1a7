import { PRODUCT_SEARCH } from './finder-settings.ts';
import type { ProductQuery } from './finder-types.ts';
import type { CompiledFilters } from './match-filters.ts';
import { PLACE_BITS, PLACES, type ProductIndex } from './product-index.ts';
import type { WordMatch } from './word-index.ts';

export interface RankedFamily {
  family: number;
  meets: boolean;
  score: number;
  /** Words of the query that were found, by their place in it. */
  matched: number[];
}

interface Group {
  place: number;
  matches: readonly WordMatch[];
  postings: number;
  idf: number;
}

const PLACE_MASK = (1 << PLACE_BITS) - 1;
const WEIGHTS = PLACES.map((place) => PRODUCT_SEARCH.weight[place]);
const NAME = PLACES.indexOf('name');

/** Room for scores, one number a family; used again by each query, and clean between them. */
interface Sheet {
  scores: Float32Array;
  group: Float32Array;
  matched: Uint32Array;
  named: Uint32Array;
}

export type FamilyRanker = (query: ProductQuery, filters: CompiledFilters, limit: number) => RankedFamily[];

/** Ranks by inverse document frequency; see PRODUCT_SEARCH for what is cut and when it is widened. */
export function createFamilyRanker(index: ProductIndex): FamilyRanker {
  const count = index.families.length;
  const sheet: Sheet = {
    scores: new Float32Array(count),
    group: new Float32Array(count),
    matched: new Uint32Array(count),
    named: new Uint32Array(count),
  };
  return (query, filters, limit) => {
    if (query.words.length === 0)
      return filters.any || query.order ? pickAll(index, query, filters, limit) : [];
    const groups = groupsOf(index, query.words);
    const best = search(index, sheet, { query, groups, filters, limit, wide: false });
    const few = best.filter(({ meets }) => meets).length < limit;
    const cut = groups.reduce((sum, group) => sum + group.postings, 0) > PRODUCT_SEARCH.candidatePostings;
    return few && cut ? search(index, sheet, { query, groups, filters, limit, wide: true }) : best;
  };
}

function groupsOf(index: ProductIndex, words: readonly string[]): Group[] {
  const count = index.families.length;
  return words
    .map((word, place) => {
      const matches = index.words.find(word);
      const postings = matches.reduce((sum, { id }) => sum + (index.postings[id]?.length ?? 0), 0);
      // What nobody sells counts as the rarest word: a question for kayaks is not answered by "carbon".
      const frequency = matches.length === 0 ? 1 : (index.postings[matches[0]!.id]?.length ?? 1);
      return { place, matches, postings, idf: Math.log(1 + count / frequency) };
    })
    .sort((left, right) => left.postings - right.postings);
}

interface Search {
  query: ProductQuery;
  groups: readonly Group[];
  filters: CompiledFilters;
  limit: number;
  wide: boolean;
}

function search(
  index: ProductIndex,
  sheet: Sheet,
  { query, groups, filters, limit, wide }: Search,
): RankedFamily[] {
  const touched: number[] = [];
  let made = 0;
  for (const group of groups) {
    const creates = wide || touched.length === 0 || made + group.postings <= PRODUCT_SEARCH.candidatePostings;
    if (creates) made += group.postings;
    scoreGroup(index, sheet, group, creates, touched);
  }
  const total = groups.reduce((sum, { idf }) => sum + idf, 0);
  const best = createBest(limit);
  for (const family of touched) {
    const asked = bits(sheet.named[family]!) / Math.max(1, index.nameWords[family]!);
    const { nameShare } = PRODUCT_SEARCH;
    const score = (1 - nameShare) * (sheet.scores[family]! / total) + nameShare * Math.min(1, asked);
    best.offer(index, query, filters, family, score, sheet.matched[family]!);
    sheet.scores[family] = sheet.matched[family] = sheet.named[family] = 0;
  }
  return best.list();
}

/** Adds the best match of this word in each family; words that make no candidates only score those there are. */
function scoreGroup(
  index: ProductIndex,
  sheet: Sheet,
  group: Group,
  creates: boolean,
  touched: number[],
): void {
  const { scores, group: own, matched, named } = sheet;
  const here: number[] = [];
  for (const { id, quality } of group.matches) {
    const postings = index.postings[id] ?? [];
    const value = quality * group.idf;
    for (const entry of postings) {
      const family = entry >>> PLACE_BITS;
      const known = matched[family] !== 0;
      if (!creates && !known) continue;
      const place = entry & PLACE_MASK;
      const score = value * WEIGHTS[place]!;
      if (score <= own[family]!) continue;
      if (own[family] === 0) {
        here.push(family);
        if (!known) touched.push(family);
      }
      own[family] = score;
      if (place === NAME) named[family]! |= 1 << group.place;
    }
  }
  for (const family of here) {
    scores[family]! += own[family]!;
    matched[family]! |= 1 << group.place;
    own[family] = 0;
  }
}

/** Filters alone: every family is as good as the next. */
function pickAll(
  index: ProductIndex,
  query: ProductQuery,
  filters: CompiledFilters,
  limit: number,
): RankedFamily[] {
  const best = createBest(limit);
  for (let family = 0; family < index.families.length; family++)
    best.offer(index, query, filters, family, 1, 0);
  return best.list().filter(({ meets }) => meets);
}

interface Kept extends Omit<RankedFamily, 'matched'> {
  bits: number;
  tie: number;
}

/** The best so far, in order; a family that cannot get in is not looked at further. */
function createBest(limit: number) {
  const kept: Kept[] = [];
  const isBetter = (one: Kept, other: Kept): boolean =>
    one.score !== other.score ? one.score > other.score : one.tie > other.tie;
  return {
    offer: (
      index: ProductIndex,
      query: ProductQuery,
      filters: CompiledFilters,
      family: number,
      text: number,
      matched: number,
    ): void => {
      // Prices decide among what fits about as well.
      const score = query.order ? Math.round(text * 10) / 10 : text;
      const last = kept.length === limit ? kept[limit - 1]! : null;
      if (last !== null && score < last.score) return;
      const { meets, tie } = lookAt(index, query, filters, family);
      const candidate = {
        family,
        meets,
        score: meets ? score : score * PRODUCT_SEARCH.unmet,
        tie,
        bits: matched,
      };
      if (last !== null && !isBetter(candidate, last)) return;
      let place = kept.length;
      while (place > 0 && isBetter(candidate, kept[place - 1]!)) place--;
      kept.splice(place, 0, candidate);
      if (kept.length > limit) kept.pop();
    },
    list: (): RankedFamily[] =>
      kept.map(({ family, meets, score, bits: mask }) => ({
        family,
        meets,
        score: Math.min(1, score),
        matched: Array.from({ length: 32 }, (_, place) => place).filter((place) => (mask >>> place) & 1),
      })),
  };
}

/** Whether a variant meets the filters, and what decides between equals: the price asked for, else stock. */
function lookAt(
  index: ProductIndex,
  { order }: ProductQuery,
  filters: CompiledFilters,
  family: number,
): { meets: boolean; tie: number } {
  let meets = false;
  let tie = -Infinity;
  for (let place = index.starts[family]!; place < index.starts[family + 1]!; place++) {
    const row = index.members[place]!;
    if (filters.any && !filters.meets(row, family)) continue;
    meets = true;
    const price = index.prices[row]!;
    const own = order === undefined ? Math.sign(index.stocks[row]!) : order === 'dearest' ? price : -price;
    if (own > tie) tie = own;
  }
  return { meets, tie };
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
