import { createHash } from 'node:crypto';
import { AnswerboxError, hasCode, reasonOf } from '../errors.ts';
import type { DocumentRecord, DocumentScope } from '../stores/contracts.ts';
import { chunkDocument } from './chunk-document.ts';
import type { IngestTools } from './ingest.ts';
import type {
  Chunk,
  FileOutcome,
  GivenScope,
  ParsedDocument,
  ParsedFile,
  ParseProblem,
  SourceFile,
} from './ingest-types.ts';
import { findPredecessor } from './find-predecessor.ts';
import { isAsBefore } from './is-as-before.ts';
import { pictureDocument } from './pictures/picture-document.ts';
import { partSource } from './part-source.ts';
import { mergeGiven, readScope } from './read-scope.ts';

const SCOPE_FIELDS = ['category', 'language', 'audience', 'valid_from', 'valid_until', 'owner'] as const;

export interface PreparedDocument {
  file: SourceFile;
  sha256: string;
  parsed: ParsedDocument;
  chunks: Chunk[];
  scope: DocumentScope;
  givenScope: GivenScope;
  previous: DocumentRecord | null;
  /** Id of the document whose marks a new one takes over. */
  predecessor?: string | undefined;
  /** Said of the file itself; null of a document inside it. */
  whole: WholeFile | null;
}

export interface WholeFile {
  problems: readonly ParseProblem[];
  /** Sources of all documents inside it; empty for nearly every file. */
  parts: readonly string[];
  /** Chunks of the documents inside it. */
  partChunks: number;
}

/**
 * Parses and chunks a file that is new or changed: the documents inside it first, itself last, so that a
 * crash in between leaves it to be read again. Any other ends here with its outcome.
 * @throws cancelled
 */
export async function prepareFile(
  file: SourceFile,
  tools: IngestTools,
  { collection = 'documents', signal }: { collection?: string; signal?: AbortSignal | undefined } = {},
): Promise<PreparedDocument[] | FileOutcome> {
  const sha256 = hashOf(file.bytes);
  const previous = await tools.knowledge.findBySource(file.source);
  if (previous && !file.isReread && (await isKnown(file, sha256, previous, tools)))
    return unchanged(previous);
  try {
    checkSize(file, tools.maxDocumentBytes);
    const { document, parts, problems } = await parse(file, tools, signal);
    if (previous && !file.isReread && (await isSameText(file, document, sha256, tools)))
      return unchanged(previous);
    // Whoever may not read the file may not read what is inside it.
    const within = file.collection ?? collection;
    const known = await beforeOf(file, { sha256, collection: within, previous }, tools);
    const given = mergeGiven(known.givenScope, file.scope ?? {});
    const inside: PreparedDocument[] = [];
    for (const part of parts) {
      const partFile = {
        source: partSource(file.source, part.name),
        name: part.name,
        bytes: part.bytes,
        scope: given,
        ...(file.collection !== undefined && { collection: file.collection }),
      };
      const partHash = hashOf(part.bytes);
      const before = {
        sha256: partHash,
        collection: within,
        previous: await tools.knowledge.findBySource(partFile.source),
      };
      const partKnown = await beforeOf(partFile, before, tools);
      inside.push(prepareDocument(partFile, part.document, { ...partKnown, whole: null }, tools));
    }
    const partChunks = inside.reduce((sum, { chunks }) => sum + chunks.length, 0);
    const whole = { problems, parts: inside.map((one) => one.file.source), partChunks };
    const read = [...inside, prepareDocument(file, document, { ...known, whole }, tools)];
    if (previous && file.isReread && (await isAsBefore(read, tools.knowledge))) return unchanged(previous);
    return read;
  } catch (error) {
    if (hasCode(error, 'cancelled')) throw error;
    // Whatever fails here is about this file, would fail again, and must not stop the others.
    const { source } = file;
    const known =
      error instanceof AnswerboxError && error.code !== 'internal'
        ? error
        : new AnswerboxError('source_unreadable', { source, reason: reasonOf(causeOf(error)) }, error);
    return { source, status: 'failed', code: known.code, message: known.message };
  }
}

function unchanged({ source, id, title, chunks }: DocumentRecord): FileOutcome {
  return { source, status: 'unchanged', documentId: id, title, chunks };
}

async function parse(
  file: SourceFile,
  { parser, takesPictures = false }: IngestTools,
  signal: AbortSignal | undefined,
): Promise<ParsedFile> {
  try {
    return await parser.parse(file, signal);
  } catch (error) {
    const picture = takesPictures && error instanceof AnswerboxError ? pictureDocument(file, error) : null;
    if (picture) return picture;
    throw error;
  }
}

/** The document as it is stored, else the one whose marks it takes over; and what was given with it. */
async function beforeOf(
  file: SourceFile,
  { previous, ...bytes }: Pick<PreparedDocument, 'sha256' | 'previous'> & { collection: string },
  { knowledge }: IngestTools,
): Promise<Pick<PreparedDocument, 'sha256' | 'previous' | 'predecessor' | 'givenScope'>> {
  const { sha256 } = bytes;
  if (previous) return { sha256, previous, givenScope: previous.givenScope };
  const found = await findPredecessor(file, bytes, knowledge);
  return { sha256, previous, predecessor: found?.documentId, givenScope: found?.givenScope ?? {} };
}

function prepareDocument(
  file: SourceFile,
  parsed: ParsedDocument,
  known: Pick<PreparedDocument, 'sha256' | 'previous' | 'predecessor' | 'givenScope' | 'whole'>,
  { tokens, startOfDay }: IngestTools,
): PreparedDocument {
  const givenScope = mergeGiven(known.givenScope, file.scope ?? {});
  const scope = readScope(givenScope, parsed.scope ?? {}, { source: file.source, startOfDay });
  return { ...known, file, parsed, scope, givenScope, chunks: chunkDocument(parsed, tokens) };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** An unknown failure of the reading process comes as `internal` with the reason as its cause. */
function causeOf(error: unknown): unknown {
  return error instanceof AnswerboxError ? (error.cause ?? error) : error;
}

/**
 * The same bytes as now, or those that a restored version stands before. What OCR was missing for is read
 * again: it may be installed by now.
 */
async function isKnown(
  file: SourceFile,
  sha256: string,
  previous: DocumentRecord,
  { versions }: IngestTools,
): Promise<boolean> {
  if (previous.problems?.some(({ code }) => /^document_(?:needs_ocr|unmapped_fonts)$/.test(code)))
    return false;
  if (previous.sha256 === sha256) return isSameAbout(file, previous);
  return (await versions?.isHeldAgainst(file.source, sha256)) ?? false;
}

/** A page that is made anew for every visit, in the place of which a person put another text: it says the same still. */
async function isSameText(
  { source, title }: SourceFile,
  parsed: ParsedDocument,
  sha256: string,
  { versions }: IngestTools,
): Promise<boolean> {
  const now = { sha256, title: title ?? parsed.title, text: parsed.text };
  return (await versions?.holdSameText(source, now)) ?? false;
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
