import { setImmediate as nextTurn } from 'node:timers/promises';
import { hasCode, reasonOf, throwIfCancelled } from '../errors.ts';
import type { Embedder } from '../inference/contracts.ts';
import type { CatalogueStore, StoredProduct } from '../stores/catalogue-contracts.ts';

export const PRODUCT_SENSE = {
  /** Products read and embedded at once; between them questions have the model to themselves. */
  slice: 32,
  /** Families at most: 25 MB of vectors. Of larger catalogues the rest is found by words alone. */
  families: 16_000,
  /** Least cosine similarity of a family that is named. On the tune half right ones lie mostly above it. */
  floor: 0.3,
  /** A family this far below the best one is another thing. */
  margin: 0.08,
  /** Families named at most. */
  hits: 3,
} as const;

export interface SenseHit {
  family: string;
  products: StoredProduct[];
  /** Cosine similarity, -1…1. */
  score: number;
}

/** Finds products by what they are for ("light enough for a bicycle tour"), from name and description. */
export interface ProductSense {
  /** Makes the vectors anew when the catalogue changed. @throws cancelled, model_*, storage_* */
  refresh(signal?: AbortSignal): Promise<void>;
  /** Best first; none before the first refresh is done; sees to later ones itself. @throws cancelled, storage_* */
  find(vector: Float32Array, options: { signal: AbortSignal }): Promise<SenseHit[]>;
  /** Of the catalogue that the vectors were made of; null before the first time. */
  version(): number | null;
}

interface Built {
  version: number;
  /** Identity of the embedder. */
  embedder: string;
  families: string[];
  /** [families × dimensions], unit vectors. */
  vectors: Float32Array;
}

export function createProductSense(
  store: CatalogueStore,
  embedder: Embedder,
  log: (level: 'warn', message: string) => void = () => undefined,
): ProductSense {
  let built: Built | null = null;
  let building: Promise<void> | null = null;
  const build = async (signal?: AbortSignal): Promise<void> => {
    const { version } = await store.counts();
    const { identity, dimensions } = embedder;
    if (built?.version === version && built.embedder === identity) return;
    const texts = await readFamilies(store, signal);
    const families = [...texts.keys()];
    const vectors = new Float32Array(families.length * dimensions);
    for (let from = 0; from < families.length; from += PRODUCT_SENSE.slice) {
      const some = families.slice(from, from + PRODUCT_SENSE.slice).map((family) => texts.get(family)!);
      const made = await embedder.embed(some, { priority: 'ingest', ...(signal && { signal }) });
      made.forEach((vector, index) => vectors.set(vector, (from + index) * dimensions));
    }
    // Exchanged meanwhile: made anew when it is asked for.
    if (embedder.identity === identity) built = { version, embedder: identity, families, vectors };
  };
  const refresh = (signal?: AbortSignal): Promise<void> => {
    building ??= build(signal).finally(() => (building = null));
    return building;
  };
  /** The old vectors serve meanwhile, and the next question tries again. */
  const tellFailure = (error: unknown): void => {
    if (hasCode(error, 'cancelled')) return;
    log('warn', `Products cannot be found by their sense as they are now: ${reasonOf(error)}`);
  };
  return {
    refresh,
    version: () => built?.version ?? null,
    find: async (vector, { signal }) => {
      throwIfCancelled(signal);
      const { version } = await store.counts();
      // What came with the last import is found a little later; until then the old vectors serve.
      if (built?.version !== version || built.embedder !== embedder.identity) refresh().catch(tellFailure);
      if (!built || built.families.length === 0 || built.embedder !== embedder.identity) return [];
      const best = nearest(vector, built);
      const hits = await Promise.all(
        best.map(async ({ family, score }) => ({ family, score, products: await store.getFamily(family) })),
      );
      return hits.filter(({ products }) => products.length > 0);
    },
  };
}

/** family → what is embedded of it: the same for all its variants. */
async function readFamilies(store: CatalogueStore, signal?: AbortSignal): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let after = ''; texts.size < PRODUCT_SENSE.families;) {
    throwIfCancelled(signal);
    const page = await store.listProducts({ limit: 500, after });
    if (page.length === 0) break;
    for (const { family, name, category, description } of page) {
      if (!texts.has(family)) texts.set(family, `${category} > ${name}: ${description}`);
    }
    after = page.at(-1)!.code;
    await nextTurn();
  }
  return texts;
}

function nearest(query: Float32Array, { families, vectors }: Built): { family: string; score: number }[] {
  const size = query.length;
  const scored = families.map((family, row) => {
    let score = 0;
    for (let place = 0; place < size; place += 1) score += query[place]! * vectors[row * size + place]!;
    return { family, score };
  });
  scored.sort((left, right) => right.score - left.score);
  const floor = Math.max(PRODUCT_SENSE.floor, (scored[0]?.score ?? 0) - PRODUCT_SENSE.margin);
  return scored.slice(0, PRODUCT_SENSE.hits).filter(({ score }) => score >= floor);
}
