import { decodeBytes } from '../parse/decode-bytes.ts';
import type { FetchedPage } from './fetch-page.ts';

const TEXT = /^(?:text\/(?!rtf)|application\/(?:xhtml\+xml|xml|json))/;
/** What servers say of everything unless they are told otherwise. */
const WESTERN = /^(?:iso-?8859-1|latin-?1|windows-1252|cp1252|us-ascii|ascii)$/;
const MARKS = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/**
 * The bytes of a page, such that what reads them takes the character set of its Content-Type: it goes before <meta>
 * and before what the letters look like, after a byte order mark (HTML standard, 13.2.3.2). They are the ones that
 * came wherever that makes no difference, else UTF-8 with a mark, since the header is not kept with them.
 */
export function applyCharset(
  { mediaType, charset }: Pick<FetchedPage, 'mediaType' | 'charset'>,
  bytes: Uint8Array,
) {
  if (charset === null || !TEXT.test(mediaType)) return bytes;
  if (MARKS.some((mark) => mark.every((byte, place) => bytes[place] === byte))) return bytes;
  // No Western text is UTF-8 by chance; a server that was never set up is common.
  if (WESTERN.test(charset) && decode(bytes, 'utf-8') !== null) return bytes;
  const text = decode(bytes, charset);
  if (text === null || text === asRead(bytes)) return bytes;
  return Buffer.from(`\ufeff${text}`, 'utf8');
}

/** Null where the name stands for no character set, or the bytes are not of it. */
function decode(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function asRead(bytes: Uint8Array): string | null {
  try {
    return decodeBytes(bytes, 'a page');
  } catch {
    return null;
  }
}
