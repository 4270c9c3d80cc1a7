import { isUtf8 } from 'node:buffer';
import { AnswerboxError, throwIfCancelled } from '../errors.ts';
import { TABLE_IMPORT } from './import-settings.ts';
import type { TableSource } from './import-types.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Files that are sent by mistake; anything else that is no text shows by its control characters. */
const KNOWN_BINARIES: readonly (readonly [prefix: string, what: string])[] = [
  ['PK\x03\x04', 'an Excel workbook or ZIP archive'],
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook'],
  ['%PDF-', 'a PDF document'],
  ['\x1f\x8b', 'GZIP data'],
];
/** What stands at 0x80 to 0x9f, where Latin-1 has controls. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
/** Share of control characters from which on a file is no text. */
const BINARY_SHARE = 0.05;
/** Share of zero bytes at even or odd places that shows UTF-16 without a mark. */
const WIDE_SHARE = 0.3;

/**
 * The text of a table, without byte order mark: UTF-8, UTF-16, or else Windows-1252 (which holds Latin-1).
 * @throws table_empty, table_binary, table_too_large, cancelled
 */
export async function* decodeTable(
  source: TableSource,
  name: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const bytes = source instanceof Uint8Array ? source : await collect(source, name, signal);
  if (bytes.byteLength > TABLE_IMPORT.mostBytes) throw tooLarge(name);
  const sample = bytes.subarray(0, TABLE_IMPORT.sampleBytes);
  const encoding = wideEncoding(sample) ?? 'utf-8';
  if (encoding === 'utf-8') refuseBinary(sample, name);
  const decode = decoderOf(encoding === 'utf-8' ? narrowEncoding(bytes) : encoding);
  let empty = true;
  for (let from = 0; from < bytes.byteLength; from += TABLE_IMPORT.sliceBytes) {
    throwIfCancelled(signal);
    const slice = bytes.subarray(from, from + TABLE_IMPORT.sliceBytes);
    const text = decode(slice, from + slice.byteLength < bytes.byteLength);
    empty &&= text.trim() === '';
    if (text !== '') yield text;
  }
  if (empty) throw new AnswerboxError('table_empty', { source: name });
}

/** Takes a byte order mark off; `more` keeps half a letter at the end for the next slice. */
function decoderOf(encoding: Encoding): (slice: Uint8Array, more: boolean) => string {
  if (encoding === 'windows-1252') return decodeWindows1252;
  const decoder = new TextDecoder(encoding);
  return (slice, more) => decoder.decode(slice, { stream: more });
}

/** Node's own decoder of this name decodes Latin-1 before version 23, and so loses the euro sign. */
function decodeWindows1252(slice: Uint8Array): string {
  return Buffer.from(slice.buffer, slice.byteOffset, slice.byteLength)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (letter) => WINDOWS_1252[letter.charCodeAt(0) - 0x80] ?? letter);
}

async function collect(
  source: AsyncIterable<Uint8Array>,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of source) {
    throwIfCancelled(signal);
    length += part.byteLength;
    if (length > TABLE_IMPORT.mostBytes) throw tooLarge(name);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function tooLarge(name: string): AnswerboxError {
  return new AnswerboxError('table_too_large', { source: name, limit: TABLE_IMPORT.mostBytes });
}

function wideEncoding(sample: Uint8Array): Encoding | null {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (const [place, byte] of sample.entries()) if (byte === 0) zeros[place % 2]!++;
  const [even = 0, odd = 0] = zeros;
  const many = sample.length * WIDE_SHARE;
  if (odd > many && even < odd / 10) return 'utf-16le';
  return even > many && odd < even / 10 ? 'utf-16be' : null;
}

/**
 * Windows-1252 only when most of what is not ASCII is not UTF-8 either: one broken letter in a UTF-8 file
 * must not spoil all others.
 */
function narrowEncoding(bytes: Uint8Array): Encoding {
  if (isUtf8(bytes)) return 'utf-8';
  const text = new TextDecoder('utf-8').decode(bytes);
  const wrong = text.match(/\ufffd/g)?.length ?? 0;
  const right = text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
  return right > wrong ? 'utf-8' : 'windows-1252';
}

function refuseBinary(sample: Uint8Array, source: string): void {
  const start = Buffer.from(sample.subarray(0, 8)).toString('latin1');
  const known = KNOWN_BINARIES.find(([prefix]) => start.startsWith(prefix));
  if (known) throw new AnswerboxError('table_binary', { source, found: known[1] });
  const controls = sample.filter((byte) => byte < 0x20 && ![9, 10, 12, 13].includes(byte)).length;
  if (sample.includes(0) || controls > sample.length * BINARY_SHARE) {
    throw new AnswerboxError('table_binary', { source, found: 'control characters' });
  }
}
