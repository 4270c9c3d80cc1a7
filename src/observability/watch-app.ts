import { Gauge, type Registry } from 'prom-client';
import type { ModelHost, ModelState } from '../inference/contracts.ts';
import type { KnowledgeStore, VectorIndex } from '../stores/contracts.ts';
import { CACHES, type Cache } from '../stores/memory-contracts.ts';
import type { Metrics } from './metrics.ts';

const MODEL_STATES: readonly ModelState[] = ['starting', 'ready', 'restarting', 'failed', 'stopped'];

export interface WatchedParts {
  models: ModelHost;
  cache: Cache;
  knowledge: KnowledgeStore;
  vectors: VectorIndex;
  /** Answers that were given without computing them, by how. */
  reuse: () => Readonly<Record<string, number>>;
  version: string;
}

/** Figures that are read at the moment when somebody asks for them. */
export function watchApp({ registry }: Metrics, parts: WatchedParts): void {
  const { models, cache, knowledge, vectors, reuse, version } = parts;
  gauge(registry, 'info', 'Version of this server', ['version'], (set) => set({ version }, 1));
  gauge(registry, 'model_queue_length', 'Calls to the models by state', ['state'], (set) => {
    const { waiting, running } = models.load();
    set({ state: 'waiting' }, waiting);
    set({ state: 'running' }, running);
  });
  gauge(registry, 'model_state', 'State of the model process: 1 for the one it is in', ['state'], (set) => {
    for (const state of MODEL_STATES) set({ state }, Number(models.health().state === state));
  });
  gauge(registry, 'model_restarts', 'Restarts of the model process since the start', [], (set) =>
    set({}, models.health().restarts),
  );
  gauge(registry, 'model_resident_bytes', 'Memory of the model process', [], (set) =>
    set({}, models.health().residentBytes),
  );
  gauge(
    registry,
    'cache_lookups',
    'Look-ups in caches, kept over restarts',
    ['cache', 'result'],
    async (set) => {
      const counts = await cache.counts();
      for (const name of CACHES) {
        set({ cache: name, result: 'hit' }, counts[name].hits);
        set({ cache: name, result: 'miss' }, counts[name].misses);
      }
    },
  );
  gauge(registry, 'cache_entries', 'Entries of caches', ['cache'], async (set) => {
    const counts = await cache.counts();
    for (const name of CACHES) set({ cache: name }, counts[name].entries);
  });
  gauge(
    registry,
    'knowledge',
    'Documents, their chunks, and chunks in the vector index',
    ['kind'],
    async (set) => {
      const { documents, chunks } = await knowledge.counts();
      set({ kind: 'documents' }, documents);
      set({ kind: 'chunks' }, chunks);
      set({ kind: 'vectors' }, vectors.size);
    },
  );
  gauge(registry, 'answers_reused', 'Questions by how a kept answer served them', ['how'], (set) => {
    for (const [how, count] of Object.entries(reuse())) set({ how }, count);
  });
}

type SetGauge<Label extends string> = (labels: Partial<Record<Label, string>>, value: number) => void;

function gauge<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: Label[],
  read: (set: SetGauge<Label>) => void | Promise<void>,
): void {
  new Gauge({
    name: `answerbox_${name}`,
    help,
    labelNames,
    registers: [registry],
    collect() {
      return read((labels, value) => this.set(labels as Record<Label, string>, value));
    },
  });
}
