import { AnswerboxError } from '../../errors.ts';

/** First bytes of files that are no text, by what they are called in the error. */
const MAGIC: readonly (readonly [what: string, prefix: readonly number[] | string, offset?: number])[] = [
  ['a PDF document', '%PDF-'],
  ['a ZIP archive or Office document', 'PK\x03\x04'],
  ['an empty ZIP archive', 'PK\x05\x06'],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a GIF image', 'GIF8'],
  ['a WebP, WAV or AVI file', 'RIFF'],
  ['a TIFF image', 'II*\0'],
  ['a TIFF image', 'MM\0*'],
  ['GZIP data', [0x1f, 0x8b]],
  ['XZ data', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['Zstandard data', [0x28, 0xb5, 0x2f, 0xfd]],
  ['a 7-Zip archive', '7z\xbc\xaf'],
  ['a RAR archive', 'Rar!\x1a'],
  ['a tar archive', 'ustar', 257],
  ['an ELF program', [0x7f, 0x45, 0x4c, 0x46]],
  ['a Mach-O program', [0xcf, 0xfa, 0xed, 0xfe]],
  ['a Java class', [0xca, 0xfe, 0xba, 0xbe]],
  ['a WebAssembly module', '\0asm'],
  ['a SQLite database', 'SQLite format 3\0'],
  ['an old Office document', [0xd0, 0xcf, 0x11, 0xe0]],
  ['an RTF document', '{\\rtf'],
  ['a PostScript document', '%!PS'],
  ['an Ogg file', 'OggS'],
  ['an MP3 file', 'ID3'],
  ['an MP4 or HEIC file', 'ftyp', 4],
];

/** Share of control characters in the first 64 KiB from which on a file is taken for binary. */
const BINARY_CONTROL_SHARE = 0.1;

/**
 * Bytes as text without byte order mark: UTF-8, or UTF-16 where a mark says so.
 * @throws document_binary, document_encoding
 */
export function decodeBytes(bytes: Uint8Array, source: string): string {
  const wide = wideEncoding(bytes);
  const found = wide === null ? binaryKind(bytes) : null;
  if (found !== null) throw new AnswerboxError('document_binary', { source, found });
  const text = decodeStrictly(bytes, wide ?? 'utf-8', source);
  if (controlShare(text) > BINARY_CONTROL_SHARE) {
    throw new AnswerboxError('document_binary', { source, found: 'mostly control characters' });
  }
  return text;
}

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function binaryKind(bytes: Uint8Array): string | null {
  for (const [what, prefix, offset = 0] of MAGIC) if (hasPrefix(bytes, prefix, offset)) return what;
  return bytes.includes(0) ? 'NUL bytes' : null;
}

function hasPrefix(bytes: Uint8Array, prefix: readonly number[] | string, offset: number): boolean {
  for (let index = 0; index < prefix.length; index += 1) {
    const wanted = typeof prefix === 'string' ? prefix.charCodeAt(index) : prefix[index];
    if (bytes[offset + index] !== wanted) return false;
  }
  return true;
}

function decodeStrictly(bytes: Uint8Array, encoding: string, source: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AnswerboxError('document_encoding', { source }, cause);
  }
}

function controlShare(text: string): number {
  const sample = text.slice(0, 65_536);
  // eslint-disable-next-line no-control-regex
  const controls = sample.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffe\uffff]/g)?.length ?? 0;
  return sample.length === 0 ? 0 : controls / sample.length;
}
