/** Runs that may be text in base64, in hexadecimal, in percent signs or in escapes. */
const BASE64 = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
const HEXADECIMAL = /(?:\b(?:0x)?[0-9a-fA-F]{2}[\s,:]?){12,}/g;
const PERCENT = /(?:%[0-9a-fA-F]{2}|[\w.~-]){6,}/g;
const ESCAPES = /(?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}){4,}/g;
const ENTITIES = /(?:&#(?:x[0-9a-fA-F]+|\d+);){4,}/g;
const BINARY = /(?:\b[01]{8}\b\s?){5,}/g;
/** Tag characters (U+E0000…): invisible, each an ASCII sign. */
const TAGS = /[\u{E0020}-\u{E007E}]+/gu;
/** Least share of readable signs in what was decoded. */
const READABLE = 0.9;
const LEAST_CHARACTERS = 8;

/** Texts that are written in a code inside of this one; most have none. Each decoded once. */
export function decodeHidden(text: string): string[] {
  const found = [
    ...matches(text, BASE64).map((run) => bytesOf(run.replace(/-/g, '+').replace(/_/g, '/'), 'base64')),
    ...matches(text, HEXADECIMAL).map((run) => bytesOf(run.replace(/0x|[^0-9a-fA-F]/g, ''), 'hex')),
    ...matches(text, PERCENT)
      .filter((run) => run.includes('%'))
      .map(unescapePercent),
    ...matches(text, ESCAPES).map((run) =>
      run.replace(/\\[ux]([0-9a-fA-F]{2,4})/g, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      ),
    ),
    ...matches(text, ENTITIES).map((run) =>
      run.replace(/&#(x?)([0-9a-fA-F]+);/g, (_, hex: string, digits: string) =>
        codePoint(Number.parseInt(digits, hex ? 16 : 10)),
      ),
    ),
    ...matches(text, BINARY).map((run) =>
      run.replace(/([01]{8})\s?/g, (_, bits: string) => String.fromCharCode(Number.parseInt(bits, 2))),
    ),
    ...matches(text, TAGS).map((run) =>
      Array.from(run, (sign) => codePoint((sign.codePointAt(0) ?? 0) - 0xe0000)).join(''),
    ),
  ];
  return found.filter((decoded) => decoded.length >= LEAST_CHARACTERS && isReadable(decoded));
}

/** Rotated by 13 letters, and backwards: looked at beside the text itself. */
export function turnedForms(text: string): string[] {
  const rotated = text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
  return [rotated, Array.from(text).reverse().join('')];
}

function bytesOf(run: string, encoding: 'base64' | 'hex'): string {
  return Buffer.from(run, encoding).toString('utf8');
}

function unescapePercent(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return '';
  }
}

function codePoint(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function isReadable(text: string): boolean {
  const readable = text.match(/[\p{L}\p{N}\p{P}\p{Zs}\n]/gu)?.join('').length ?? 0;
  return readable >= text.length * READABLE && /\p{L}{2,}[\s,.!:]+\p{L}{2,}/u.test(text);
}

const matches = (text: string, pattern: RegExp): string[] => text.match(pattern) ?? [];
