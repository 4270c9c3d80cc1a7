import { throwIfCancelled } from '../errors.ts';
import { passageText } from '../text/passage-text.ts';
import type { IngestTools } from './ingest.ts';

/** Chunks embedded again in one transaction. */
const SLICE = 64;

/**
 * After a change of the embedder whose old weights are gone: makes the vectors anew that it made. Can be cut off and
 * goes on; a passage is found by its words until its turn has come, and by its vector from then on.
 */
export async function refreshEmbeddings(
  { knowledge, embedder, vectors: index }: IngestTools,
  signal?: AbortSignal,
): Promise<number> {
  let refreshed = 0;
  for (;;) {
    throwIfCancelled(signal);
    const chunks = await knowledge.listStaleChunks(embedder.identity, SLICE);
    if (chunks.length === 0) return refreshed;
    const vectors = await embedder.embed(chunks.map(passageText), {
      priority: 'ingest',
      ...(signal && { signal }),
    });
    const rows = chunks.flatMap(({ id }, index) => {
      const vector = vectors[index];
      return vector ? [{ chunkId: id, vector }] : [];
    });
    await knowledge.putEmbeddings(rows, embedder.identity);
    const { generation } = await knowledge.counts();
    await index.apply({ documentId: '', generation, added: rows.map(({ chunkId }) => chunkId), removed: [] });
    refreshed += rows.length;
  }
}
