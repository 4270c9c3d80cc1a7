import { codeFamily, findCodes } from '../text/find-codes.ts';

/**
 * Share 0…1 of the codes of a question that each text holds; one that few of them hold weighs more. All are 0 where
 * no text holds any.
 */
export function codeShares(asked: readonly string[], texts: readonly string[]): number[] {
  if (asked.length === 0) return texts.map(() => 0);
  const held = texts.map((text) => new Set(findCodes(text)));
  const weights = asked.map((code) => {
    const holders = held.filter((codes) => codes.has(code)).length;
    return holders === 0 ? 0 : 1 / holders;
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return held.map((codes) =>
    whole === 0 ? 0 : asked.reduce((sum, code, at) => sum + (codes.has(code) ? weights[at]! : 0), 0) / whole,
  );
}

/** Does a text name one of the codes? */
export function namesCode(asked: readonly string[], text: string): boolean {
  return asked.length > 0 && findCodes(text).some((code) => asked.includes(code));
}

/**
 * How far a sentence speaks of a code that was asked about. 1: of it alone; less where it names others of its list
 * beside it; 0: of no code of the list; -1: of others.
 */
export type CodeFit = number;

/**
 * What each sentence of a passage speaks of: a code, in its heading or in a sentence, speaks for what follows it.
 * @param known false: none of the codes is in any passage, and any other code is another
 */
export function fitCodes(
  asked: readonly string[],
  heading: string,
  sentences: readonly string[],
  known = true,
): CodeFit[] {
  if (asked.length === 0) return sentences.map(() => 0);
  let fit = fitOf(asked, heading, known) ?? 0;
  return sentences.map((sentence) => (fit = fitOf(asked, sentence, known) ?? fit));
}

/** Null where the text names no code of the lists that were asked about. */
function fitOf(asked: readonly string[], text: string, known: boolean): CodeFit | null {
  const held = findCodes(text);
  if (!known && held.length > 0) return -1;
  const families = new Set(held.map(codeFamily));
  const near = asked.filter((code) => families.has(codeFamily(code)));
  if (near.length === 0) return null;
  if (!near.every((code) => held.includes(code))) return -1;
  const listed = held.filter((code) => near.some((other) => codeFamily(other) === codeFamily(code)));
  return near.length / listed.length;
}
