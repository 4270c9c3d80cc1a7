import { setTimeout as wait } from 'node:timers/promises';
import { throwIfCancelled } from '../../errors.ts';
import type { Embedder } from '../../inference/contracts.ts';
import type { VectorIndex } from '../../stores/contracts.ts';
import type { EmbeddingChangeStore } from '../../stores/upkeep-contracts.ts';
import { passageText } from '../../text/passage-text.ts';

export const MODEL_CHANGE = {
  /** Passages embedded between two looks for questions: about a second on two cores. */
  slice: 32,
  /** Milliseconds between two looks, and the longest wait for questions. */
  restMs: 10,
  yieldMs: 10_000,
} as const;

export interface ChangeTools {
  store: EmbeddingChangeStore;
  /** The new one. */
  embedder: Embedder;
  /** An empty index of the new embedder's vectors. */
  index: VectorIndex;
  isAnswering: () => boolean;
  /** Lets the new embedder and index serve; called once, between two turns of the event loop. */
  switchOver: () => void;
  onProgress: (done: number, total: number) => void;
}

/**
 * Embeds every passage with a new model while the old one and its index serve, then switches at once. Goes on after
 * a restart where it was; passages that come meanwhile are embedded too, before the switch.
 * @throws cancelled, model_*, storage_*
 */
export async function changeEmbedder(tools: ChangeTools, signal: AbortSignal): Promise<void> {
  const { store, embedder, index, switchOver, onProgress } = tools;
  for (;;) {
    await embedMissing(tools, signal);
    await index.catchUp(signal);
    // No await between the store's change and the switch: whoever embeds next does it with the new model.
    if (!store.adoptPrepared(embedder.identity)) continue;
    switchOver();
    break;
  }
  // What the old model finished in the same moment.
  await index.catchUp(signal);
  await index.save();
  onProgress(1, 1);
}

async function embedMissing(
  { store, embedder, isAnswering, onProgress }: ChangeTools,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const until = performance.now() + MODEL_CHANGE.yieldMs;
    do {
      throwIfCancelled(signal);
      await wait(MODEL_CHANGE.restMs);
    } while (isAnswering() && performance.now() < until);
    const { chunks, prepared, total } = await store.listUnprepared(embedder.identity, MODEL_CHANGE.slice);
    onProgress(prepared, total);
    if (chunks.length === 0) return;
    const vectors = await embedder.embed(chunks.map(passageText), { priority: 'ingest', signal });
    await store.putPrepared(
      chunks.map(({ id }, place) => ({ chunkId: id, vector: vectors[place]! })),
      embedder.identity,
    );
  }
}
