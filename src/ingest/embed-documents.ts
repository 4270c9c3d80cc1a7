import type { Embedder } from '../inference/contracts.ts';
import { passageText } from '../text/passage-text.ts';
import type { PreparedDocument } from './prepare-file.ts';

export interface EmbeddedDocument extends PreparedDocument {
  /** One unit vector a chunk, same order. */
  embeddings: Float32Array[];
  embedder: string;
}

/** Embeds the chunks of all documents in one call, so that the embedder can sort them by length. */
export async function embedDocuments(
  documents: readonly PreparedDocument[],
  embedder: Embedder,
  signal: AbortSignal | undefined,
): Promise<EmbeddedDocument[]> {
  const texts = documents.flatMap(({ chunks }) => chunks.map(passageText));
  if (texts.length === 0) return [];
  const vectors = await embedder.embed(texts, { priority: 'ingest', ...(signal && { signal }) });
  let next = 0;
  return documents.map((document) => {
    const embeddings = vectors.slice(next, next + document.chunks.length);
    next += document.chunks.length;
    return { ...document, embeddings, embedder: embedder.identity };
  });
}
