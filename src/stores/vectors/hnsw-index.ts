import { setImmediate as nextTurn } from 'node:timers/promises';
import hnswlib from 'hnswlib-node';
import { throwIfCancelled } from '../../errors.ts';
import type { KnowledgeChange, KnowledgeStore, VectorHit, VectorIndex } from '../contracts.ts';
import { loadIndexFile, saveIndexFile, type IndexStamp } from './index-file.ts';

/** Shape of the graph and of the work on it. */
export const HNSW = {
  /** Links a node; 8…64. More finds more and takes more memory (about 8 bytes a link). */
  m: 16,
  /** Candidates looked at when a node is linked; 50…400. */
  efConstruction: 200,
  /**
   * Candidates looked at in a search; 16…500. Of the exact ten best among 2,000 vectors without any
   * structure, the hardest case, 100 found 0.92 and 200 finds 0.99, for 0.3 ms more.
   */
  efSearch: 200,
  /** The same where a filter leaves nodes out, which lie in the way of the search all the same. */
  efFiltered: 400,
  /** Vectors added between two turns of the event loop: about 20 ms. */
  slice: 32,
  /** Room in vectors at first; doubled when full. */
  firstCapacity: 1_024,
  /** Share of erased nodes above which the graph is built anew before it is saved. */
  rebuildShare: 0.2,
  /**
   * With at most so many vectors allowed by a filter each is compared: walking the graph past all the
   * others would take longer, and may miss some.
   */
  fewAllowed: 1_000,
  seed: 7,
} as const;

const NONE: ReadonlySet<number> = new Set();

export interface HnswIndexOptions {
  /** Folder of the saved index. */
  folder: string;
  store: KnowledgeStore;
  /** Identity and width of the embedder whose vectors are indexed. */
  embedder: { identity: string; dimensions: number };
}

type Graph = InstanceType<typeof hnswlib.HierarchicalNSW>;

interface State {
  graph: Graph;
  live: Set<number>;
  erased: number[];
  generation: number;
  /** Later changes that came before an earlier one: counted when that is in, too. */
  early: Set<number>;
}

/**
 * The vectors of all chunks in a navigable small-world graph (Malkov and Yashunin, 2016, arXiv 1603.09320).
 * Holds nothing of its own: whatever is in doubt is read again from the store.
 */
export function createHnswIndex({ folder, store, embedder }: HnswIndexOptions): VectorIndex {
  let state = emptyState(embedder.dimensions);
  let savedGeneration = -1;
  // Native code must never add while it writes: one change at a time.
  let lane: Promise<unknown> = Promise.resolve();
  const inLane = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = lane.then(work, work);
    lane = result.catch(() => undefined);
    return result;
  };

  async function add(target: State, ids: readonly number[], signal?: AbortSignal): Promise<void> {
    for (let from = 0; from < ids.length; from += HNSW.slice) {
      throwIfCancelled(signal);
      const vectors = await store.getEmbeddings(ids.slice(from, from + HNSW.slice), embedder.identity);
      makeRoom(target, vectors.length);
      for (const { chunkId, vector } of vectors) {
        target.graph.addPoint(Array.from(vector), chunkId);
        target.live.add(chunkId);
      }
      await nextTurn();
    }
  }

  async function follow(signal?: AbortSignal): Promise<{ added: number; removed: number }> {
    const { generation } = await store.counts();
    const wanted = new Set(await store.chunkIds());
    const removed = [...state.live].filter((id) => !wanted.has(id));
    for (const id of removed) erase(state, id, embedder.dimensions);
    const added = [...wanted].filter((id) => !state.live.has(id));
    await add(state, added, signal);
    state.generation = generation;
    state.early.clear();
    return { added: added.length, removed: removed.length };
  }

  async function rebuildIfSparse(): Promise<void> {
    if (state.erased.length > HNSW.rebuildShare * (state.live.size + state.erased.length)) await rebuild();
  }

  /** The old graph answers until the new one is whole. */
  async function rebuild(signal?: AbortSignal): Promise<void> {
    const fresh = emptyState(embedder.dimensions);
    await add(fresh, [...state.live], signal);
    [fresh.generation, fresh.early] = [state.generation, state.early];
    state = fresh;
    savedGeneration = -1;
  }

  return {
    get size() {
      return state.live.size;
    },
    get generation() {
      return state.generation;
    },
    catchUp: (signal) =>
      inLane(async () => {
        const loaded = await loadIndexFile(folder, embedder);
        if (loaded) {
          state = loadedState(loaded.graph, loaded.stamp);
          savedGeneration = loaded.stamp.generation;
        }
        return { loaded: loaded !== null, ...(await follow(signal)) };
      }),
    apply: (change: KnowledgeChange) =>
      inLane(async () => {
        for (const id of change.removed) erase(state, id, embedder.dimensions);
        await add(state, change.added);
        advance(state, change.generation);
      }),
    search: async (vector, limit, excluded = NONE) => {
      if (excluded.size === 0) return searchGraph(state, vector, limit);
      if (state.live.size - excluded.size > HNSW.fewAllowed)
        return searchGraph(state, vector, limit, (id) => !excluded.has(id));
      const allowed = [...state.live].filter((id) => !excluded.has(id));
      return nearest(await store.getEmbeddings(allowed, embedder.identity), vector, limit);
    },
    compact: (signal) =>
      inLane(async () => {
        const erased = state.erased.length;
        if (erased > 0) await rebuild(signal);
        return erased;
      }),
    save: () =>
      inLane(async () => {
        if (savedGeneration === state.generation) return;
        await rebuildIfSparse();
        await saveIndexFile(folder, state.graph, {
          embedder: embedder.identity,
          dimensions: embedder.dimensions,
          generation: state.generation,
          live: state.live.size,
          erased: state.erased,
        });
        savedGeneration = state.generation;
      }),
  };
}

function emptyState(dimensions: number): State {
  const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
  graph.initIndex(HNSW.firstCapacity, HNSW.m, HNSW.efConstruction, HNSW.seed);
  graph.setEf(HNSW.efSearch);
  return { graph, live: new Set(), erased: [], generation: 0, early: new Set() };
}

function loadedState(graph: Graph, stamp: IndexStamp): State {
  graph.setEf(HNSW.efSearch);
  const erased = new Set(stamp.erased);
  const live = new Set(graph.getIdsList().filter((id) => !erased.has(id)));
  return { graph, live, erased: [...erased], generation: stamp.generation, early: new Set() };
}

/** Two documents stored at once may be applied in either order: one that is missing must not be hidden. */
function advance(state: State, generation: number): void {
  state.early.add(generation);
  while (state.early.delete(state.generation + 1)) state.generation += 1;
}

function makeRoom({ graph }: State, count: number): void {
  const needed = graph.getCurrentCount() + count;
  if (needed > graph.getMaxElements()) graph.resizeIndex(Math.max(needed, graph.getMaxElements() * 2));
}

/**
 * Takes a node out of every result. hnswlib only marks it and keeps its vector, so the vector is
 * overwritten first: what was deleted must leave no trace.
 */
function erase(state: State, id: number, dimensions: number): void {
  if (!state.live.delete(id)) return;
  state.graph.addPoint(arbitraryUnitVector(id, dimensions), id);
  state.graph.markDelete(id);
  state.erased.push(id);
}

/** Spread over the sphere by the id, so that erased nodes do not gather in one place of the graph. */
function arbitraryUnitVector(id: number, dimensions: number): number[] {
  const values = Array.from({ length: dimensions }, (_, index) =>
    Math.sin((id + 1) * 12.9898 + index * 78.233),
  );
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}

function searchGraph(
  { graph, live }: State,
  vector: Float32Array,
  limit: number,
  isAllowed?: (chunkId: number) => boolean,
): VectorHit[] {
  const count = Math.min(limit, live.size);
  if (count === 0) return [];
  if (isAllowed) graph.setEf(HNSW.efFiltered);
  const { neighbors, distances } = graph.searchKnn(Array.from(vector), count, isAllowed);
  if (isAllowed) graph.setEf(HNSW.efSearch);
  return neighbors.map((chunkId, index) => ({ chunkId, score: 1 - (distances[index] ?? 2) }));
}

/** Every one compared, best first. */
function nearest(
  rows: readonly { chunkId: number; vector: Float32Array }[],
  wanted: Float32Array,
  limit: number,
): VectorHit[] {
  const dot = (vector: Float32Array): number =>
    vector.reduce((sum, value, index) => sum + value * (wanted[index] ?? 0), 0);
  return rows
    .map(({ chunkId, vector }) => ({ chunkId, score: dot(vector) }))
    .sort((left, right) => right.score - left.score || left.chunkId - right.chunkId)
    .slice(0, limit);
}
