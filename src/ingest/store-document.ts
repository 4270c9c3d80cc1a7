import type { EmbeddedDocument } from './embed-documents.ts';
import type { IngestTools } from './ingest.ts';
import type { FileOutcome } from './ingest-types.ts';

/** One durable transaction, then the derived index; the outcome may be acknowledged. */
export async function storeDocument(
  {
    file,
    sha256,
    parsed,
    chunks,
    scope,
    givenScope,
    embeddings,
    embedder,
    embedded,
    previous,
  }: EmbeddedDocument,
  { knowledge, vectors, followers = [] }: IngestTools,
  collection: string,
): Promise<FileOutcome> {
  const title = file.title ?? parsed.title;
  const change = await knowledge.putDocument({
    source: file.source,
    title,
    url: file.url ?? null,
    mediaType: parsed.mediaType,
    sha256,
    original: file.bytes,
    text: parsed.text,
    collection,
    scope,
    givenScope,
    chunks,
    embeddings,
    embedder,
  });
  for (const follower of followers) await follower.apply(change);
  // Last: its generation says that the change has reached all that is derived from the documents.
  await vectors.apply(change);
  const status = previous ? 'changed' : 'added';
  return {
    source: file.source,
    status,
    documentId: change.documentId,
    title,
    chunks: chunks.length,
    embedded,
  };
}
