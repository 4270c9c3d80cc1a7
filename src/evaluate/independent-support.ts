import { splitPassage } from '../text/split-passage.ts';

/**
 * Says whether a shown sentence is held by the passage it cites, by other means than what let it through
 * (src/answer/hold-sentence.ts: rules, then the verifier model): all its words as they are, in order,
 * instead of stems of the telling ones in any order, and no model. ROUGE-L's precision: Lin, "ROUGE: A
 * Package for Automatic Evaluation of Summaries", 2004.
 */

const LEAST_PRECISION = 0.7;

export const UNSUPPORTED_CHECK = `rouge-l-precision>=${LEAST_PRECISION} against the cited passage ±1 sentence, all digits present`;

export interface Support {
  supported: boolean;
  /** Longest common subsequence of words ÷ words of the sentence; the best cited passage counts. */
  precision: number;
  /** Digits of the sentence that the passage lacks. */
  missing: string[];
}

export interface CitedPassage {
  /** Text of the whole document. */
  text: string;
  start: number;
  end: number;
}

/** A sentence that cites nothing is held by nothing. */
export function independentSupport(sentence: string, cited: readonly CitedPassage[]): Support {
  let best: Support = { supported: false, precision: 0, missing: [] };
  for (const passage of cited) {
    const support = supportIn(sentence, surroundings(passage));
    if (support.supported || support.precision > best.precision) best = support;
    if (best.supported) break;
  }
  return best;
}

function supportIn(sentence: string, window: string): Support {
  const words = wordsOf(sentence);
  const precision = words.length === 0 ? 0 : longestCommonSubsequence(words, wordsOf(window)) / words.length;
  const present = new Set(digitsOf(window));
  const missing = digitsOf(sentence).filter((digits) => !present.has(digits));
  return { supported: precision >= LEAST_PRECISION && missing.length === 0, precision, missing };
}

/** The sentences of the quote, the one before them and the one after. */
function surroundings({ text, start, end }: CitedPassage): string {
  const sentences = splitPassage(text);
  const touched = sentences.flatMap((sentence, index) =>
    sentence.start < end && start < sentence.end ? [index] : [],
  );
  const [first] = touched;
  const last = touched.at(-1);
  if (first === undefined || last === undefined) return text.slice(start, end);
  const from = sentences[Math.max(0, first - 1)]?.start ?? start;
  return text.slice(from, sentences[Math.min(sentences.length - 1, last + 1)]?.end ?? end);
}

export function longestCommonSubsequence(left: readonly string[], right: readonly string[]): number {
  let previous = new Array<number>(right.length + 1).fill(0);
  for (const word of left) {
    const current = [0];
    for (const [index, other] of right.entries()) {
      const longest =
        word === other ? (previous[index] ?? 0) + 1 : Math.max(previous[index + 1] ?? 0, current[index] ?? 0);
      current.push(longest);
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function digitsOf(text: string): string[] {
  return text.match(/\d+/g) ?? [];
}
