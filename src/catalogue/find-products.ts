import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { throwIfCancelled } from '../errors.ts';
import type { CatalogueStore, StoredProduct } from '../stores/catalogue-contracts.ts';
import { normalizeCode } from '../text/normalize-code.ts';
import { PRODUCT_SEARCH } from './finder-settings.ts';
import type { ProductHit, ProductQuery, ProductVocabulary } from './finder-types.ts';
import { compileFilters, type CompiledFilters } from './match-filters.ts';
import { createIndexBuilder, type ProductIndex } from './product-index.ts';
import { createFamilyRanker, type FamilyRanker, type RankedFamily } from './rank-families.ts';
import { codeCandidates, readProductQuery } from './read-product-query.ts';

export interface FindOptions {
  signal: AbortSignal;
  /** Families; PRODUCT_SEARCH.hits when not given. */
  limit?: number;
  /** All variants of a family (up to PRODUCT_SEARCH.wholeFamily), not just so many as are shown. */
  whole?: boolean;
}

export interface ProductFinder {
  /** Brings the index to what the store holds. Called at the start; `find` sees to it afterwards. */
  refresh(signal?: AbortSignal): Promise<void>;
  /** Whether it is the code of a product, or of a family once there is an index, for which it never waits. @throws cancelled, storage_* */
  hasCode(code: string, signal?: AbortSignal): Promise<boolean>;
  /** Reads a question and finds. @throws cancelled, storage_* */
  search(question: string, options: FindOptions): Promise<{ query: ProductQuery; hits: ProductHit[] }>;
  /** Best first; a code that is known comes alone. @throws cancelled, storage_* */
  find(query: ProductQuery, options: FindOptions): Promise<ProductHit[]>;
  /** Of the catalogue that the index was built of; null before the first time. */
  version(): number | null;
}

interface Built {
  version: number;
  index: ProductIndex;
  rank: FamilyRanker;
}

/**
 * Finds products by code, words and filters. The index is derived: it follows the store's version. Until the first
 * one is built, which takes seconds for a large catalogue, codes of products are found, and words after `firstWaitMs`.
 */
export function createProductFinder(
  store: CatalogueStore,
  { firstWaitMs = PRODUCT_SEARCH.freshWaitMs }: { firstWaitMs?: number } = {},
): ProductFinder {
  let built: Built | null = null;
  let building: Promise<Built> | null = null;

  /** One at a time, whoever asked; a caller that leaves does not stop it for the others. */
  const rebuild = (): Promise<Built> => {
    building ??= build(store)
      .then((fresh) => (built = fresh))
      .finally(() => (building = null));
    return building;
  };
  const current = async (signal?: AbortSignal): Promise<Built | null> => {
    throwIfCancelled(signal);
    const { version } = await store.counts();
    if (built?.version === version) return built;
    const fresh = rebuild();
    const old = built;
    // Small catalogues are new at once; a large one answers from the old index meanwhile, with rows as they are now.
    fresh.catch(() => undefined);
    const most = old === null ? firstWaitMs : PRODUCT_SEARCH.freshWaitMs;
    return Promise.race([fresh, wait(most, old, { ref: false })]);
  };
  const find: ProductFinder['find'] = async (query, { signal, limit = PRODUCT_SEARCH.hits, whole }) => {
    const now = await current(signal);
    if (now === null) return query.code === undefined ? [] : findCoded(store, query);
    const { index, rank } = now;
    const filters = compileFilters(index, query.filters);
    const coded = query.code === undefined ? null : index.familyOf(query.code);
    const ranked =
      coded === null ? rank(query, filters, limit) : [{ family: coded, meets: true, score: 1, matched: [] }];
    throwIfCancelled(signal);
    const most = whole === true ? PRODUCT_SEARCH.wholeFamily : PRODUCT_SEARCH.variants;
    return loadHits(store, index, query, filters, { ranked, most });
  };
  return {
    version: () => built?.version ?? null,
    refresh: async (signal) => {
      throwIfCancelled(signal);
      const { version } = await store.counts();
      if (built?.version !== version) await rebuild();
    },
    hasCode: async (code, signal) => {
      throwIfCancelled(signal);
      return built?.index.hasCode(normalizeCode(code)) ?? (await store.getProduct(code)) !== null;
    },
    find,
    search: async (question, options) => {
      const vocabulary = (await current(options.signal))?.index ?? (await codesIn(question, store));
      const query = readProductQuery(question, vocabulary);
      return { query, hits: await find(query, options) };
    },
  };
}

async function findCoded(store: CatalogueStore, query: ProductQuery): Promise<ProductHit[]> {
  const product = await store.getProduct(query.code!);
  if (product === null) return [];
  return [
    {
      family: product.family,
      products: [product],
      meetsFilters: true,
      score: 1,
      why: [`code ${product.code}`],
    },
  ];
}

/** What a question can be read against while there is no index: codes of products alone. */
async function codesIn(question: string, store: CatalogueStore): Promise<ProductVocabulary> {
  const products = await store.getProducts(codeCandidates(question));
  const found = new Set(products.map(({ code }) => normalizeCode(code)));
  return { hasCode: (key) => found.has(key), hasSize: () => false, hasColour: () => false };
}

/** Reads the store page by page, and lets other work run between them. */
async function build(store: CatalogueStore): Promise<Built> {
  const { version } = await store.counts();
  const builder = createIndexBuilder();
  for (let after = ''; ;) {
    const page = await store.listProducts({ limit: PRODUCT_SEARCH.slice, after });
    if (page.length === 0) break;
    builder.add(page);
    after = page.at(-1)!.code;
    await nextTurn();
  }
  const index = builder.finish();
  // A change while it was read shows as another version, and the next question builds again.
  return { version, index, rank: createFamilyRanker(index) };
}

/** The rows as they are in the store now; what is gone from it falls away. */
async function loadHits(
  store: CatalogueStore,
  index: ProductIndex,
  query: ProductQuery,
  filters: CompiledFilters,
  /** `most`: variants of one family. */
  { ranked, most }: { ranked: readonly RankedFamily[]; most: number },
): Promise<ProductHit[]> {
  const chosen = ranked.map(({ family }) => chooseRows(index, query, filters, family).slice(0, most));
  const codes = chosen.flat().map((row) => index.codes[row]!);
  const found = new Map((await store.getProducts(codes)).map((product) => [product.code, product]));
  return ranked.flatMap(({ family, meets, score, matched }, place) => {
    const products = chosen[place]!.flatMap((row) => found.get(index.codes[row]!) ?? []);
    const hit = { family: index.families[family]!, products, meetsFilters: meets, score };
    return products.length === 0 ? [] : [{ ...hit, why: whyOf(query, hit.products, matched, meets) }];
  });
}

/** The product of the code, else variants that meet the filters, else all. */
function chooseRows(
  index: ProductIndex,
  query: ProductQuery,
  filters: CompiledFilters,
  family: number,
): number[] {
  const rows = [...index.members.subarray(index.starts[family], index.starts[family + 1])];
  const coded = query.code === undefined ? [] : rows.filter((row) => isCode(index.codes[row]!, query.code!));
  if (coded.length > 0) return coded;
  const meeting = filters.any ? rows.filter((row) => filters.meets(row, family)) : [];
  return meeting.length > 0 ? meeting : rows;
}

function isCode(code: string, key: string): boolean {
  return normalizeCode(code) === key;
}

function whyOf(
  { code, words, filters }: ProductQuery,
  products: readonly StoredProduct[],
  matched: readonly number[],
  meets: boolean,
): string[] {
  if (code !== undefined) return [`code ${products[0]!.code}`];
  const why = matched.map((place) => words[place]!);
  if (!meets) return why;
  if (filters.size !== undefined) why.push(`size ${filters.size}`);
  if (filters.colours) why.push(`colour ${filters.colours.join(' or ')}`);
  if (filters.price) why.push('price');
  if (filters.inStock) why.push('in stock');
  return why;
}
