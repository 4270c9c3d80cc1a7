import { createHash } from 'node:crypto';
import { AnswerboxError, reasonOf } from '../errors.ts';
import type { DocumentRecord } from '../stores/contracts.ts';
import { chunkDocument } from './chunk-document.ts';
import type { IngestTools } from './ingest.ts';
import type { Chunk, FileOutcome, ParsedDocument, SourceFile } from './ingest-types.ts';
import { parseDocument } from './parse/parse-document.ts';

export interface PreparedDocument {
  file: SourceFile;
  sha256: string;
  parsed: ParsedDocument;
  chunks: Chunk[];
  previous: DocumentRecord | null;
}

/** Parses and chunks a file that is new or changed; any other ends here with its outcome. */
export async function prepareFile(
  file: SourceFile,
  tools: IngestTools,
): Promise<PreparedDocument | FileOutcome> {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const previous = await tools.knowledge.findBySource(file.source);
  if (previous && previous.sha256 === sha256 && isSameAbout(file, previous)) {
    const { id, title, chunks } = previous;
    return { source: file.source, status: 'unchanged', documentId: id, title, chunks };
  }
  try {
    checkSize(file, tools.maxDocumentBytes);
    const parsed = parseDocument(file);
    return { file, sha256, parsed, chunks: chunkDocument(parsed, tools.tokens), previous };
  } catch (error) {
    // Reading is a pure function of the bytes: whatever fails here would fail again, and must not stop the others.
    const { source } = file;
    const known =
      error instanceof AnswerboxError
        ? error
        : new AnswerboxError('source_unreadable', { source, reason: reasonOf(error) }, error);
    return { source, status: 'failed', code: known.code, message: known.message };
  }
}

/** The same bytes under a new title or address are a change. */
function isSameAbout(file: SourceFile, previous: DocumentRecord): boolean {
  return (file.title ?? previous.title) === previous.title && (file.url ?? previous.url) === previous.url;
}

function checkSize(file: SourceFile, limit: number): void {
  const found = file.bytes.byteLength;
  if (found > limit) throw new AnswerboxError('document_too_large', { source: file.source, found, limit });
}
