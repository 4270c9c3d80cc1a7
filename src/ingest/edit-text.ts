import { AnswerboxError } from '../errors.ts';
import type { DocumentRecord } from '../stores/contracts.ts';
import type { MediaType } from './ingest-types.ts';
import { decodeBytes } from './parse/decode-bytes.ts';
import { nameOfSource } from './name-of-source.ts';
import { putInPlace } from './put-in-place.ts';
import type { RestoreTools } from './restore-version.ts';

/** Formats whose bytes are what a person would write. */
const WRITTEN: readonly string[] = [
  'text/markdown',
  'text/html',
  'text/plain',
  'text/csv',
  'text/tab-separated-values',
  'application/json',
  'application/x-ndjson',
] satisfies MediaType[];

export interface EditableText {
  /** The source as it is written, markup and front matter included. */
  text: string;
  /** Of the bytes that it was read from, hex: what an edit is an edit of. */
  sha256: string;
}

/** @throws document_not_found, document_not_editable, document_encoding */
export async function readEditable(
  id: string,
  { knowledge }: Pick<RestoreTools, 'knowledge'>,
): Promise<EditableText> {
  const { document, bytes } = await findEditable(id, knowledge);
  return { text: decodeBytes(bytes, document.source), sha256: document.sha256 };
}

/**
 * Puts a text that a person wrote in the place of a document's source, by a job; what it was becomes a version. Its
 * site or folder does not undo that until the bytes there change.
 * @param edited `sha256`: of the bytes that the person began with
 * @returns the job's id
 * @throws document_not_found, document_not_editable, document_changed when another one was quicker
 */
export async function editText(
  id: string,
  edited: { text: string; sha256: string },
  tools: RestoreTools,
): Promise<string> {
  const { document, bytes: before } = await findEditable(id, tools.knowledge);
  if (document.sha256 !== edited.sha256) throw new AnswerboxError('document_changed', { id });
  const { source, mediaType, title } = document;
  // A title that stands in the text is read from it again; another one was given, and stays.
  const isGiven = !decodeBytes(before, source).includes(title);
  const bytes = encoded(edited.text, source);
  const item = { name: nameOfSource(source), bytes, mediaType, ...(isGiven && { title }) };
  return putInPlace(document, item, { ...tools, title });
}

async function findEditable(
  id: string,
  knowledge: RestoreTools['knowledge'],
): Promise<{ document: DocumentRecord; bytes: Uint8Array }> {
  const document = await knowledge.getDocument(id);
  const bytes = await knowledge.getOriginal(id);
  if (!document || !bytes) throw new AnswerboxError('document_not_found', { id });
  const { source, mediaType } = document;
  if (!WRITTEN.includes(mediaType)) throw new AnswerboxError('document_not_editable', { source, mediaType });
  return { document, bytes };
}

/** UTF-8; with a mark where the text itself says that it is something else (`<meta charset>`). */
function encoded(text: string, source: string): Uint8Array {
  const plain = Buffer.from(text, 'utf8');
  return decodeBytes(plain, source) === text ? plain : Buffer.from(`\ufeff${text}`, 'utf8');
}
