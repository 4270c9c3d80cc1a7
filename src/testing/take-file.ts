import { createHash } from 'node:crypto';
import { chunkDocument } from '../ingest/chunk-document.ts';
import { parseFile } from '../ingest/parse/parse-file.ts';
import type { KnowledgeStore } from '../stores/contracts.ts';
import { DIMENSIONS, EMBEDDER, unitVectors } from './synthetic-knowledge.ts';

/** Takes a file in as the ingestion does, but for the vectors' meaning. @returns the document's id and its text */
export async function takeFile(
  knowledge: KnowledgeStore,
  source: string,
  bytes: Buffer,
  audience = 'public',
): Promise<{ id: string; text: string }> {
  const { document } = await parseFile({ source, name: source, bytes });
  const chunks = chunkDocument(document, { countTokens: (text) => text.split(/\s+/).length });
  const vector = unitVectors(7, DIMENSIONS);
  const { documentId } = await knowledge.putDocument({
    source,
    title: document.title,
    url: null,
    mediaType: document.mediaType,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    original: bytes,
    text: document.text,
    collection: 'documents',
    chunks,
    embeddings: chunks.map(() => vector()),
    embedder: EMBEDDER,
    scope: { category: null, language: null, audience, validFrom: null, validUntil: null, owner: null },
  });
  return { id: documentId, text: document.text };
}
