import { setTimeout as wait } from 'node:timers/promises';
import { reasonOf } from '../errors.ts';
import type { ModelManifest } from '../inference/model-registry.ts';
import { changeModels } from '../ingest/model-change/change-models.ts';
import { refreshEmbeddings } from '../ingest/refresh-embeddings.ts';
import type { Inference } from './open-models.ts';
import type { Knowledge } from './open-knowledge.ts';
import type { Opening } from './opening.ts';

const CHANGE = 'change of the embedder';
/** Milliseconds until a change of embedder that failed is tried again: what it prepared is kept. */
export const CHANGE_RETRY_MS = 60_000;

/** Passages that a new embedder has seen while the old one serves. */
export interface ModelChange {
  done: number;
  total: number;
  /** Why the last try ended; it is tried again. Null while nothing is wrong. */
  failure: string | null;
}

export interface Derivation {
  /** Null when there is none. */
  modelChange(): ModelChange | null;
  start(): void;
}

export interface DerivationParts {
  inference: Inference;
  knowledge: Knowledge;
  refreshProducts: (signal?: AbortSignal) => Promise<void>;
  retryMs?: number;
}

/**
 * Brings the product index, the vocabulary and the embeddings to what the stores hold, after `start`.
 * Not awaited: 100,000 products take seconds, and the first question for one waits for it anyway.
 */
export function createDerivation(
  { log, onClose }: Opening,
  { inference, knowledge, refreshProducts, retryMs = CHANGE_RETRY_MS }: DerivationParts,
): Derivation {
  const { models, next, embeddingChange, isAnswering } = inference;
  let modelChange: ModelChange | null = next ? { done: 0, total: 0, failure: null } : null;

  const changeTo = async (manifest: ModelManifest, signal: AbortSignal): Promise<void> => {
    await changeModels(
      {
        store: embeddingChange,
        openHost: () => inference.openHost(manifest),
        openIndex: knowledge.openIndex,
        isAnswering,
        switchTo: (host, index) => {
          knowledge.indexes.switchTo(index, host.embedder.dimensions);
          return inference.switchTo(host);
        },
        onProgress: (done, total) => (modelChange = { done, total, failure: null }),
      },
      signal,
    );
    modelChange = null;
    log('info', `the embedder is now ${models.embedder.identity}`);
  };
  /** True: it is done. What fails ends nothing else: each of the others is tried all the same. */
  const attempt = async (
    what: string,
    signal: AbortSignal,
    work: () => Promise<unknown>,
  ): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      log('warn', `${what}: ${reasonOf(error)}`);
      if (what === CHANGE) modelChange = { done: 0, total: 0, ...modelChange, failure: reasonOf(error) };
      return false;
    }
  };
  const catchUp = async (signal: AbortSignal): Promise<void> => {
    await attempt('embeddings', signal, async () => {
      const refreshed = await refreshEmbeddings(knowledge.ingestTools, signal);
      if (refreshed > 0) await knowledge.vectors.save();
    });
    await attempt('sentences', signal, () => knowledge.sentenceIndex.catchUp(signal));
    await attempt('summaries', signal, () => knowledge.summaries.catchUp(signal));
    await attempt('pictures', signal, async () => knowledge.pictures?.catchUp(signal));
  };
  const embed = async (signal: AbortSignal): Promise<void> => {
    while (next && !signal.aborted) {
      const isChanged = await attempt(CHANGE, signal, () => changeTo(next, signal));
      if (isChanged) {
        await attempt('product index', signal, () => refreshProducts(signal));
        break;
      }
      // What follows the documents does so under the old embedder meanwhile.
      await catchUp(signal);
      await wait(retryMs, undefined, { signal }).catch(() => undefined);
    }
    if (!signal.aborted) await catchUp(signal);
  };

  return {
    modelChange: () => modelChange,
    start: () => {
      const leaving = new AbortController();
      const derive = async (what: string, work: Promise<void>): Promise<void> =>
        work.catch((error: unknown) => {
          if (!leaving.signal.aborted) log('warn', `${what}: ${reasonOf(error)}`);
        });
      const derived = Promise.all([
        derive('product index', refreshProducts(leaving.signal)),
        derive('vocabulary', knowledge.vocabulary.rebuild(leaving.signal)),
        derive('embeddings', embed(leaving.signal)),
      ]);
      onClose(async () => {
        leaving.abort();
        await derived;
      });
    },
  };
}
