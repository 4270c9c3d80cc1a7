import { createHash } from 'node:crypto';
import { AnswerboxError, reasonOf } from '../errors.ts';
import type { DocumentRecord, DocumentScope } from '../stores/contracts.ts';
import { chunkDocument } from './chunk-document.ts';
import type { IngestTools } from './ingest.ts';
import type { Chunk, FileOutcome, GivenScope, ParsedDocument, SourceFile } from './ingest-types.ts';
import { parseDocument } from './parse/parse-document.ts';
import { mergeGiven, readScope } from './read-scope.ts';

const SCOPE_FIELDS = ['category', 'language', 'audience', 'valid_from', 'valid_until'] as const;

export interface PreparedDocument {
  file: SourceFile;
  sha256: string;
  parsed: ParsedDocument;
  chunks: Chunk[];
  scope: DocumentScope;
  givenScope: GivenScope;
  previous: DocumentRecord | null;
}

/** Parses and chunks a file that is new or changed; any other ends here with its outcome. */
export async function prepareFile(
  file: SourceFile,
  tools: IngestTools,
): Promise<PreparedDocument | FileOutcome> {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const previous = await tools.knowledge.findBySource(file.source);
  if (previous && (await isKnown(file, sha256, previous, tools))) {
    const { id, title, chunks } = previous;
    return { source: file.source, status: 'unchanged', documentId: id, title, chunks };
  }
  try {
    checkSize(file, tools.maxDocumentBytes);
    const parsed = parseDocument(file);
    const givenScope = mergeGiven(previous?.givenScope ?? {}, file.scope ?? {});
    const { source } = file;
    const scope = readScope(givenScope, parsed.scope ?? {}, { source, startOfDay: tools.startOfDay });
    return { file, sha256, parsed, scope, givenScope, chunks: chunkDocument(parsed, tools.tokens), previous };
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

/** The same bytes as now, or those that a restored version stands before. */
async function isKnown(
  file: SourceFile,
  sha256: string,
  previous: DocumentRecord,
  { versions }: IngestTools,
): Promise<boolean> {
  if (previous.sha256 === sha256) return isSameAbout(file, previous);
  return (await versions?.isHeldAgainst(file.source, sha256)) ?? false;
}

/** The same bytes under a new title, address or scope are a change. */
function isSameAbout(file: SourceFile, { title, url, givenScope }: DocumentRecord): boolean {
  const scope = mergeGiven(givenScope, file.scope ?? {});
  const sameScope = SCOPE_FIELDS.every((field) => scope[field] === givenScope[field]);
  return sameScope && (file.title ?? title) === title && (file.url ?? url) === url;
}

function checkSize(file: SourceFile, limit: number): void {
  const found = file.bytes.byteLength;
  if (found > limit) throw new AnswerboxError('document_too_large', { source: file.source, found, limit });
}
