import { passageHash } from '../text/passage-hash.ts';
import { passageText } from '../text/passage-text.ts';
import type { IngestTools } from './ingest.ts';
import type { PreparedDocument } from './prepare-file.ts';

export interface EmbeddedDocument extends PreparedDocument {
  /** One unit vector a chunk, same order. */
  embeddings: Float32Array[];
  embedder: string;
  /** Chunks that the embedder was asked for; the others have vectors that were there. */
  embedded: number;
}

/**
 * Embeds the chunks of all documents in one call, so that the embedder can sort them by length. A passage
 * whose words are in the store already keeps the vector it has there.
 */
export async function embedDocuments(
  documents: readonly PreparedDocument[],
  tools: Pick<IngestTools, 'embedder' | 'knowledge'>,
  signal: AbortSignal | undefined,
): Promise<EmbeddedDocument[]> {
  const { embedder, knowledge } = tools;
  const { identity } = embedder;
  const hashed = documents.map((document) => ({ document, hashes: document.chunks.map(passageHash) }));
  const wanted = new Map(
    hashed.flatMap(({ document, hashes }) =>
      document.chunks.map((chunk, index) => [hashes[index]!, passageText(chunk)] as const),
    ),
  );
  if (wanted.size === 0) return [];
  const vectors = await knowledge.findVectors([...wanted.keys()], identity);
  const missing = [...wanted].filter(([hash]) => !vectors.has(hash));
  const fresh = new Set(missing.map(([hash]) => hash));
  if (missing.length > 0) {
    const options = { priority: 'ingest', ...(signal && { signal }) } as const;
    const made = await embedder.embed(
      missing.map(([, text]) => text),
      options,
    );
    // Exchanged meanwhile: nobody knows whose vectors these are.
    if (embedder.identity !== identity) return embedDocuments(documents, tools, signal);
    for (const [index, [hash]] of missing.entries()) vectors.set(hash, made[index]!);
  }
  return hashed.map(({ document, hashes }) => ({
    ...document,
    embeddings: hashes.map((hash) => vectors.get(hash)!),
    embedder: identity,
    // A passage that stands in several documents is counted where it stands first.
    embedded: hashes.filter((hash) => fresh.delete(hash)).length,
  }));
}
