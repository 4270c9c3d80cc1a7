/** Letters and digits in one piece or in pieces joined by one sign: E12, F.28, HB-2041, 402-B. */
const PIECES = /[\p{L}\p{N}]{1,24}(?:[-._/][\p{L}\p{N}]{1,24}){0,4}/gu;
/** One or two letters and a number behind a space: "E 12". */
const SPACED = /(?<![\p{L}\p{N}])(\p{L}{1,2}) (\d{1,6})(?![\p{L}\p{N}])/gu;
/** Letters before digits make a code; digits before letters are mostly a quantity: 5kg, 10am, 2nd. */
const LETTER_FIRST = /^\p{L}{1,12}[-._/]?\p{N}/u;
/** But a sign between them does not stand in a quantity: 402-B. */
const SIGNED = /\p{N}[-_/]\p{L}/u;
/** "err12" and "error-12" are said of what a display shows as E12. */
const SAID = /^err(?:or)?(\d+)$/;
/** Words of one or two letters that stand before numbers. */
const WORDS = new Set(
  'a i am as at be by do en go he if in is it la le me my no nr of on or so to up us we'.split(' '),
);

/**
 * Codes that a text names (of errors, parts, articles), each once and in one form: lower case, letters and digits
 * alone. "F.28", "f28" and "F 28" are one.
 */
export function findCodes(text: string): string[] {
  const whole = [...text.matchAll(PIECES)].flatMap(([found]) =>
    LETTER_FIRST.test(found) || SIGNED.test(found) ? [found.replace(/[^\p{L}\p{N}]/gu, '')] : [],
  );
  const spaced = [...text.matchAll(SPACED)].flatMap(([, letters = '', digits = '']) =>
    WORDS.has(letters.toLowerCase()) ? [] : [letters + digits],
  );
  return [...new Set([...whole, ...spaced].map((code) => code.toLowerCase().replace(SAID, 'e$1')))];
}

/** Its letters before the first digit: codes of one list share them. */
export function codeFamily(code: string): string {
  return /^\p{L}*/u.exec(code)![0];
}
