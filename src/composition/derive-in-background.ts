import { reasonOf } from '../errors.ts';
import type { ModelManifest } from '../inference/model-registry.ts';
import { changeModels } from '../ingest/model-change/change-models.ts';
import { refreshEmbeddings } from '../ingest/refresh-embeddings.ts';
import type { Inference } from './open-models.ts';
import type { Knowledge } from './open-knowledge.ts';
import type { Opening } from './opening.ts';

/** Passages that a new embedder has seen while the old one serves. */
export interface ModelChange {
  done: number;
  total: number;
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
}

/**
 * Brings the product index, the vocabulary and the embeddings to what the stores hold, after `start`.
 * Not awaited: 100,000 products take seconds, and the first question for one waits for it anyway.
 */
export function createDerivation(
  { log, onClose }: Opening,
  { inference, knowledge, refreshProducts }: DerivationParts,
): Derivation {
  const { models, next, embeddingChange, isAnswering } = inference;
  let modelChange: ModelChange | null = next ? { done: 0, total: 0 } : null;

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
        onProgress: (done, total) => (modelChange = { done, total }),
      },
      signal,
    );
    modelChange = null;
    log('info', `the embedder is now ${models.embedder.identity}`);
    await refreshProducts(signal);
  };
  const embed = async (signal: AbortSignal): Promise<void> => {
    if (next) await changeTo(next, signal);
    const refreshed = await refreshEmbeddings(knowledge.ingestTools, signal);
    if (refreshed > 0) await knowledge.vectors.save();
    await knowledge.sentenceIndex.catchUp(signal);
    await knowledge.summaries.catchUp(signal);
    await knowledge.pictures?.catchUp(signal);
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
