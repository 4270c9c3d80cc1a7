import { detect } from 'chardet';
import iconv from 'iconv-lite';
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

/** Bytes of text whose encoding is guessed from. */
const SAMPLE_BYTES = 65_536;

/**
 * Bytes as text without byte order mark. UTF-8, UTF-16 and UTF-32 by mark or pattern; what is none of them
 * by the encoding that it declares (`<meta charset>`, `encoding=`), else by the letters in it. A file of
 * mixed origin is read line by line.
 * @throws document_binary, document_encoding
 */
export function decodeBytes(bytes: Uint8Array, source: string): string {
  const wide = wideEncoding(bytes);
  const found = wide === null ? binaryKind(bytes) : null;
  if (found !== null) throw new AnswerboxError('document_binary', { source, found });
  const text = wide === null ? decodeNarrow(bytes) : decodeWide(bytes, wide, source);
  if (controlShare(text) > BINARY_CONTROL_SHARE) {
    throw new AnswerboxError('document_binary', { source, found: 'a file of mostly control characters' });
  }
  return text;
}

type Wide = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** By byte order mark, else by the zero bytes that Latin letters leave in every second place. */
export function wideEncoding(bytes: Uint8Array): Wide | null {
  const [one, two, three, four] = bytes;
  if (one === 0xff && two === 0xfe) return three === 0 && four === 0 ? 'utf-32le' : 'utf-16le';
  if (one === 0xfe && two === 0xff) return 'utf-16be';
  if (one === 0 && two === 0 && three === 0xfe && four === 0xff) return 'utf-32be';
  const sample = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  sample.forEach((byte, index) => byte === 0 && (zeros[index % 2] = zeros[index % 2]! + 1));
  const half = sample.length / 2;
  if (half < 4) return null;
  if (zeros[1]! > half * 0.7 && zeros[0]! < half * 0.05) return 'utf-16le';
  if (zeros[0]! > half * 0.7 && zeros[1]! < half * 0.05) return 'utf-16be';
  return null;
}

function decodeWide(bytes: Uint8Array, encoding: Wide, source: string): string {
  if (encoding.startsWith('utf-32')) return iconv.decode(bytes, encoding).replace(/^\ufeff/, '');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AnswerboxError('document_encoding', { source }, cause);
  }
}

function decodeNarrow(bytes: Uint8Array): string {
  const text = asUtf8(bytes);
  if (text !== null) return text;
  const declared = declaredEncoding(bytes);
  if (declared !== null) return iconv.decode(bytes, declared);
  if (isPartlyUtf8(bytes)) return decodeLines(bytes);
  return iconv.decode(bytes, guessedEncoding(bytes));
}

function asUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  const name =
    /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})|<\?xml[^>]{0,200}encoding=["']([\w-]{2,40})/i.exec(
      head,
    );
  const encoding = name?.[1] ?? name?.[2];
  return encoding && !/^utf-?(?:8|16)/i.test(encoding) && iconv.encodingExists(encoding) ? encoding : null;
}

/** Says whether there are whole letters of UTF-8 outside ASCII besides what is none. */
function isPartlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, SAMPLE_BYTES));
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const whole = text.match(/[\u0080-\ufffc\u{10000}-\u{10ffff}]/gu)?.length ?? 0;
  return whole > broken / 4;
}

function decodeLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let from = 0; from < bytes.length;) {
    const lineBreak = bytes.indexOf(0x0a, from);
    const to = lineBreak < 0 ? bytes.length : lineBreak + 1;
    const line = bytes.subarray(from, to);
    lines.push(asUtf8(line) ?? iconv.decode(line, 'windows-1252'));
    from = to;
  }
  return lines.join('').replace(/^\ufeff/, '');
}

/** Western text is what chardet calls ISO-8859-1 and is nearly always windows-1252. */
function guessedEncoding(bytes: Uint8Array): string {
  const guessed = detect(bytes.subarray(0, SAMPLE_BYTES));
  if (guessed === null || /^(?:iso-8859-1|ascii|utf-?8)$/i.test(guessed)) return 'windows-1252';
  return iconv.encodingExists(guessed) ? guessed : 'windows-1252';
}

export function binaryKind(bytes: Uint8Array): string | null {
  for (const [what, prefix, offset = 0] of MAGIC) if (hasPrefix(bytes, prefix, offset)) return what;
  return bytes.includes(0) ? 'a file with NUL bytes' : null;
}

function hasPrefix(bytes: Uint8Array, prefix: readonly number[] | string, offset: number): boolean {
  for (let index = 0; index < prefix.length; index += 1) {
    const wanted = typeof prefix === 'string' ? prefix.charCodeAt(index) : prefix[index];
    if (bytes[offset + index] !== wanted) return false;
  }
  return true;
}

function controlShare(text: string): number {
  const sample = text.slice(0, 65_536);
  // eslint-disable-next-line no-control-regex
  const controls = sample.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffe\uffff]/g)?.length ?? 0;
  return sample.length === 0 ? 0 : controls / sample.length;
}
