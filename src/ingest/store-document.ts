import type { EmbeddedDocument } from './embed-documents.ts';
import type { IngestTools } from './ingest.ts';
import type { FileOutcome } from './ingest-types.ts';
import { listParts } from './part-source.ts';

/** One durable transaction, then the derived index; the outcome may be acknowledged. Null for a document inside a file. */
export async function storeDocument(
  document: EmbeddedDocument,
  tools: IngestTools,
  collection: string,
): Promise<FileOutcome | null> {
  const {
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
    predecessor,
    whole,
  } = document;
  const title = file.title ?? parsed.title;
  const change = await tools.knowledge.putDocument({
    source: file.source,
    title,
    url: file.url ?? null,
    mediaType: parsed.mediaType,
    sha256,
    original: file.bytes,
    text: parsed.text,
    collection: file.collection ?? collection,
    scope,
    givenScope,
    chunks,
    embeddings,
    embedder,
    problems: whole?.problems ?? [],
    predecessor,
  });
  await follow(change, tools);
  if (whole === null) return null;
  if (previous || whole.parts.length > 0) await removeVanished(file.source, new Set(whole.parts), tools);
  return {
    source: file.source,
    status: previous ? 'changed' : 'added',
    documentId: change.documentId,
    title,
    chunks: chunks.length + whole.partChunks,
    // Of documents inside it all are counted, though some may have kept their vectors.
    embedded: embedded + whole.partChunks,
    ...(whole.problems.length > 0 && { problems: whole.problems }),
  };
}

/** Documents that were inside the file when it was read before, and are no longer. */
async function removeVanished(source: string, kept: ReadonlySet<string>, tools: IngestTools): Promise<void> {
  for (const part of await listParts(tools.knowledge, source)) {
    const change = kept.has(part.source) ? null : await tools.knowledge.removeDocument(part.id);
    if (change) await follow(change, tools);
  }
}

/** What is derived from the documents. */
export async function follow(
  change: Awaited<ReturnType<IngestTools['knowledge']['putDocument']>>,
  { vectors, followers = [] }: IngestTools,
): Promise<void> {
  for (const follower of followers) await follower.apply(change);
  // Last: its generation says that the change has reached all that is derived from the documents.
  await vectors.apply(change);
}
