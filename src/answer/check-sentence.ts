import type { Span } from '../inference/contracts.ts';
import { contentWords, stemsOf } from '../text/content-words.ts';
import { CHECKING } from './answer-settings.ts';

/** Numbers with their separators, as written: 4.90, 1,200, 9:00, 2026-12-24. */
const NUMBER = /\d+(?:[.,:/-]\d+)*/g;
const NUMBER_WORDS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const CURRENCY = /[€$£¥%]|\b(?:euros?|dollars?|pounds?|percent|eur|usd|gbp)\b/giu;
const NEGATION =
  /\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|unable|impossible)\b|n['’]t\b/i;
const CONDITION = /\b(?:unless|except|excluding|only|but not|other than|apart from)\b/i;
/** Between the pieces of an enumeration; not the comma of 1,200. */
const PIECE_BORDER = /;|,\s|\n|\b(?:and|or|but|while|whereas)\b/i;
/** A capitalised word that does not begin the sentence, or any word with a capital inside. */
const NAME = /(?<=\S\s+["'(]?)\p{Lu}[\p{L}\p{N}&-]*|\b\p{L}+\p{Lu}[\p{L}\p{N}]*/gu;

export type CheckFailure = 'empty' | 'number' | 'name' | 'negation' | 'condition' | 'words';
export type CheckResult =
  { held: true; evidence: Span; coverage: number } | { held: false; failure: CheckFailure };

/**
 * Is this sentence held by this passage? Deterministic: every number, amount and name of the sentence
 * stands in the evidence, numbers belong to the same thing, negation and conditions agree, and nearly all
 * its content words occur there. Evidence is one sentence; two neighbouring ones only where no single
 * sentence speaks of the same, so that a statement cannot be put together from two that contradict it.
 */
export function checkSentence(
  sentence: string,
  passage: { headingPath: string; text: string; sentences: readonly Span[] },
): CheckResult {
  const words = contentWords(sentence).filter(({ word }) => !isNumber(word)); // numbers have a check of their own
  if (words.length === 0) return { held: false, failure: 'empty' };
  const statement = { text: sentence, stems: words.map(({ stem }) => stem) };
  for (let size = 1; size <= CHECKING.window; size++) {
    const result = checkWindows(statement, passage, windowsOf(passage, size));
    if (result.held || result.failure !== 'words') return result;
  }
  return { held: false, failure: 'words' };
}

interface Statement {
  text: string;
  stems: readonly string[];
}

/** The best of the windows that speak of the same; failing with `words` when none does. */
function checkWindows(
  statement: Statement,
  { headingPath, text }: { headingPath: string; text: string },
  windows: readonly Span[][],
): CheckResult {
  const heading = stemsOf(headingPath);
  let best: CheckResult = { held: false, failure: 'words' };
  let bestCoverage = 0;
  for (const window of windows) {
    const halves = window.map(({ start, end }) => text.slice(start, end));
    const held = stemsOf(halves.join('\n'));
    const own = statement.stems.filter((stem) => held.has(stem)).length / statement.stems.length;
    const coverage =
      statement.stems.filter((stem) => held.has(stem) || heading.has(stem)).length / statement.stems.length;
    // The heading may name the subject, but cannot hold a statement by itself.
    if (coverage < CHECKING.coverage || own < CHECKING.ownCoverage) continue;
    if (best.held && coverage <= bestCoverage) continue;
    const failure = contradiction(statement.text, halves, headingPath);
    const [first, last] = [window[0], window.at(-1)];
    if (failure !== null) best = best.held ? best : { held: false, failure };
    else if (first && last) {
      best = { held: true, evidence: { start: first.start, end: last.end }, coverage };
      bestCoverage = coverage;
    }
  }
  return best;
}

/** Neighbours with nothing between them: what was taken out of a passage must not come back in a quotation. */
function windowsOf(
  { text, sentences }: { text: string; sentences: readonly Span[] },
  size: number,
): Span[][] {
  return sentences
    .slice(0, Math.max(0, sentences.length - size + 1))
    .map((_, first) => sentences.slice(first, first + size))
    .filter((window) =>
      window.every(
        ({ start }, index) => index === 0 || text.slice(window[index - 1]?.end, start).trim() === '',
      ),
    );
}

function contradiction(sentence: string, halves: readonly string[], heading: string): CheckFailure | null {
  const evidence = halves.join('\n');
  const context = `${heading}\n${evidence}`;
  if (!includesAll(numbersIn(sentence), numbersIn(context))) return 'number';
  if (!includesAll(matches(sentence, CURRENCY), matches(context, CURRENCY))) return 'number';
  if (!numbersBelong(sentence, evidence)) return 'number';
  const said = context.toLowerCase();
  if (!matches(sentence, NAME).every((name) => said.includes(name.toLowerCase()))) return 'name';
  if (halves.some((half) => NEGATION.test(half) !== NEGATION.test(sentence))) return 'negation';
  if (CONDITION.test(evidence) && !CONDITION.test(sentence)) return 'condition';
  return null;
}

/**
 * "Standard: €4.90; Express: €9.90" does not hold "Express costs €4.90": of the pieces of the evidence that
 * have numbers, the one with this number must share most with the piece of the sentence that has it.
 */
function numbersBelong(sentence: string, evidence: string): boolean {
  const pieces = piecesOf(evidence);
  return piecesOf(sentence).every(({ numbers, tokens: asked }) =>
    numbers.every((number) => {
      const shared = pieces.map(
        ({ tokens }) => [...tokens].filter((token) => token !== number && asked.has(token)).length,
      );
      const own = shared.filter((_, index) => pieces[index]?.numbers.includes(number));
      return own.length === 0 || Math.max(...own) === Math.max(...shared);
    }),
  );
}

/** Pieces of an enumeration that have numbers, with all their words. */
function piecesOf(text: string): { numbers: string[]; tokens: Set<string> }[] {
  return text
    .split(PIECE_BORDER)
    .map((piece) => ({
      numbers: numbersIn(piece),
      tokens: new Set([...stemsOf(piece), ...numbersIn(piece)]),
    }))
    .filter(({ numbers }) => numbers.length > 0);
}

function numbersIn(text: string): string[] {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .flatMap((word) => (NUMBER_WORDS.includes(word) ? [String(NUMBER_WORDS.indexOf(word) + 1)] : []));
  return [...matches(text, NUMBER), ...words];
}

function isNumber(word: string): boolean {
  return /\d/.test(word) || NUMBER_WORDS.includes(word);
}

function matches(text: string, pattern: RegExp): string[] {
  return (text.match(pattern) ?? []).map((match) => match.toLowerCase());
}

function includesAll(needed: readonly string[], present: readonly string[]): boolean {
  const has = new Set(present);
  return needed.every((item) => has.has(item));
}
