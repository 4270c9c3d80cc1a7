import { hasCode, type AnswerboxError } from '../../errors.ts';
import type { MediaType, ParsedFile, SourceFile } from '../ingest-types.ts';
import { titleFromName } from '../parse/title-from-name.ts';

/** First bytes of the formats that a model of pictures reads. */
const MAGIC: readonly (readonly [type: MediaType, prefix: readonly number[] | string])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', 'GIF8'],
  ['image/webp', 'RIFF'],
  ['image/bmp', 'BM'],
];

/**
 * A picture without readable text, as a document of its name: where a model of pictures is installed, it is found
 * by what it shows. Null for any other file or failure.
 */
export function pictureDocument(file: SourceFile, error: AnswerboxError): ParsedFile | null {
  if (!hasCode(error, 'document_needs_ocr') && !hasCode(error, 'document_empty')) return null;
  const mediaType = MAGIC.find(([, prefix]) => begins(file.bytes, prefix))?.[0];
  if (mediaType === undefined) return null;
  const title = file.title ?? titleFromName(file.name);
  const { source } = file;
  const document = {
    title,
    text: title,
    blocks: [{ kind: 'paragraph', headings: [], start: 0, end: title.length }],
    mediaType,
    pages: [],
  } as const;
  const { code, message } = error;
  return { document, parts: [], problems: [{ source, code, message }] };
}

function begins(bytes: Uint8Array, prefix: readonly number[] | string): boolean {
  const wanted = typeof prefix === 'string' ? [...Buffer.from(prefix, 'latin1')] : prefix;
  return wanted.every((value, at) => bytes[at] === value);
}
