import { throwIfCancelled } from '../errors.ts';
import type { Embedder } from '../inference/contracts.ts';
import type { KnowledgeStore } from '../stores/contracts.ts';
import type { SentenceStore } from '../stores/sentence-contracts.ts';
import { sentenceTexts } from '../text/sentence-texts.ts';

/** Passages embedded by the sentence in one transaction; a question waits for one row of them at most. */
const SLICE = 16;

export interface SentenceIndexTools {
  sentences: SentenceStore;
  knowledge: Pick<KnowledgeStore, 'getChunks'>;
  embedder: Embedder;
}

/**
 * Makes the vectors of sentences that are missing. Can be cut off and goes on: until a passage's turn has come it is
 * compared as a whole, and by its sentences where it is among the first. How many passages were done.
 * @throws model_failed, models_unavailable, storage_*, cancelled
 */
export async function indexSentences(
  { sentences, knowledge, embedder }: SentenceIndexTools,
  signal?: AbortSignal,
): Promise<number> {
  for (let done = 0, after = 0; ;) {
    throwIfCancelled(signal);
    const { identity } = embedder;
    const ids = await sentences.listMissing(identity, { after, limit: SLICE });
    if (ids.length === 0) return done;
    const chunks = await knowledge.getChunks(ids);
    const split = chunks.map(({ id, headingPath, text }) => ({ id, ...sentenceTexts(headingPath, text) }));
    const vectors = await embedder.embed(
      split.flatMap(({ texts }) => texts),
      { priority: 'ingest', ...(signal && { signal }) },
    );
    // Exchanged meanwhile: nobody knows whose vectors these are.
    if (embedder.identity !== identity) continue;
    let next = 0;
    const rows = split.map(({ id, texts }) => ({
      chunkId: id,
      vectors: vectors.slice(next, (next += texts.length)),
    }));
    await sentences.put(rows, identity);
    done += rows.length;
    after = ids.at(-1)!;
  }
}
