import { fileTypeFromBuffer } from 'file-type';
import { AnswerboxError } from '../../errors.ts';
import { MEDIA_TYPES, type MediaType, type SourceFile } from '../ingest-types.ts';
import { binaryKind, wideEncoding } from './decode-bytes.ts';
import type { ParseContext } from './parse-context.ts';
import { openArchive, type Archive } from './read-archive.ts';

const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const OPEN_XML = 'application/vnd.openxmlformats-officedocument.';
/** Bytes before which a PDF or mail must begin. */
const HEAD = 2048;
const HEADER_LINE =
  /^(?:From|To|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Delivered-To|Reply-To|Content-Type|X-[\w-]+):/gim;

/**
 * The format by content; null for text, whose kind `detectTextFormat` tells. A name never decides.
 * @throws document_binary, document_encrypted, document_damaged
 */
export async function detectFormat(file: SourceFile, context: ParseContext): Promise<MediaType | null> {
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  const head = bytes.subarray(0, HEAD).toString('latin1');
  if (/%PDF-\d/.test(head.slice(0, 1024))) return 'application/pdf';
  // eslint-disable-next-line no-control-regex
  if (/^PK(?:\x03\x04|\x05\x06|\x07\x08)/.test(head)) return archiveFormat(openArchive(file, context));
  if (bytes.subarray(0, 8).equals(OLE)) throw oleFailure(bytes, file.source);
  if (/^\s*\{\\rtf/.test(head)) return 'application/rtf';
  if (wideEncoding(bytes) !== null) return null;
  if (isMailbox(head)) return 'application/mbox';
  if (isMail(head)) return 'message/rfc822';
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const binary = binaryKind(bytes);
  // A picture that is cut off after its first bytes is one all the same.
  const picture = /^a (PNG|JPEG|GIF|TIFF) image$/.exec(binary ?? '')?.[1]?.toLowerCase();
  const known = MEDIA_TYPES.find((type) => type === (found?.mime ?? `image/${picture}`));
  if (known?.startsWith('image/')) return known;
  if (binary === null) return null;
  const named = found && !found.mime.startsWith('text/') ? `a file of the type ${found.mime}` : binary;
  throw new AnswerboxError('document_binary', { source: file.source, found: named });
}

function archiveFormat(archive: Archive): MediaType {
  const names = new Set(archive.members.map(({ name }) => name));
  if (names.has('[Content_Types].xml')) {
    if (names.has('word/document.xml')) return `${OPEN_XML}wordprocessingml.document`;
    if (names.has('xl/workbook.xml')) return `${OPEN_XML}spreadsheetml.sheet`;
    if (names.has('ppt/presentation.xml')) return `${OPEN_XML}presentationml.presentation`;
  }
  if (!names.has('mimetype')) return 'application/zip';
  const declared = archive
    .readText('mimetype')
    ?.trim()
    .replace(/-template$/, '');
  return MEDIA_TYPES.find((type) => type === declared) ?? 'application/zip';
}

/** Word and its like wrap a protected file into the container of the old formats. */
function oleFailure(bytes: Buffer, source: string): AnswerboxError {
  const isProtected = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  if (isProtected) return new AnswerboxError('document_encrypted', { source });
  return new AnswerboxError('document_binary', {
    source,
    found: 'an old Office document (.doc, .xls, .ppt, .msg)',
  });
}

function isMailbox(head: string): boolean {
  return /^From \S.* \d{4}\r?\n[\w-]+:/.test(head);
}

/** Header lines from the first line on, at least two of those that every mail has. */
function isMail(head: string): boolean {
  const headers = head.split(/\r?\n\r?\n/)[0] ?? '';
  const isHeader = headers.split(/\r?\n/).every((line, index, all) => {
    // The last line of a long header may be cut by the size of the sample.
    return /^[\w-]+:|^[ \t]/.test(line) || (index === all.length - 1 && headers.length >= HEAD - 1);
  });
  return isHeader && new Set(headers.match(HEADER_LINE)?.map((name) => name.toLowerCase())).size >= 2;
}
