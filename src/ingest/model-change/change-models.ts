import { setTimeout as wait } from 'node:timers/promises';
import type { Embedder } from '../../inference/contracts.ts';
import type { VectorIndex } from '../../stores/contracts.ts';
import type { EmbeddingChangeStore } from '../../stores/upkeep-contracts.ts';
import { changeEmbedder } from './change-embedder.ts';

/** Milliseconds that calls under way have to end on the old models, and between two looks. */
const RETIRE = { mostMs: 120_000, lookMs: 100 } as const;

interface Host {
  embedder: Embedder;
  load(): { waiting: number; running: number };
  ready(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface ChangeModelsOptions<Next extends Host> {
  store: EmbeddingChangeStore;
  openHost: () => Next;
  openIndex: (embedder: Embedder) => VectorIndex;
  /** Lets both serve; the host before is handed back. */
  switchTo: (host: Next, index: VectorIndex) => Host;
  isAnswering: () => boolean;
  onProgress: (done: number, total: number) => void;
}

/**
 * Starts the new models beside the old ones, has them embed everything, exchanges both at once, and ends the old
 * ones when their last call is done.
 * @throws cancelled, model_*, storage_*; the old models serve on then
 */
export async function changeModels<Next extends Host>(
  { store, openHost, openIndex, switchTo, isAnswering, onProgress }: ChangeModelsOptions<Next>,
  signal: AbortSignal,
): Promise<void> {
  const host = openHost();
  const switched: { before: Host | null } = { before: null };
  try {
    await host.ready(signal);
    const index = openIndex(host.embedder);
    const switchOver = (): void => void (switched.before = switchTo(host, index));
    await changeEmbedder(
      { store, embedder: host.embedder, index, isAnswering, switchOver, onProgress },
      signal,
    );
  } finally {
    await (switched.before ? retire(switched.before, signal) : host.close());
  }
}

async function retire(host: Host, signal: AbortSignal): Promise<void> {
  const until = performance.now() + RETIRE.mostMs;
  const isBusy = (): boolean => host.load().running + host.load().waiting > 0;
  while (isBusy() && performance.now() < until && !signal.aborted) await wait(RETIRE.lookMs);
  await host.close();
}
