import type { Span } from '../inference/contracts.ts';
import { contentWords } from '../text/content-words.ts';
import { CHECKING } from './answer-settings.ts';

/** Numbers with their separators, as written: 4.90, 1,200, 9:00, 2026-12-24. */
const NUMBER = /\d+(?:[.,:/-]\d+)*/g;
const NUMBER_WORDS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const CURRENCY = /[€$£¥%]|\b(?:euros?|dollars?|pounds?|percent|eur|usd|gbp)\b/giu;
const NEGATION = /\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|unable|impossible)\b|n['’]t\b/i;
const CONDITION = /\b(?:unless|except|excluding|only|but not|other than|apart from)\b/i;
/** A capitalised word that does not begin the sentence, or any word with a capital inside. */
const NAME = /(?<=\S\s+["'(]?)\p{Lu}[\p{L}\p{N}&-]*|\b\p{L}+\p{Lu}[\p{L}\p{N}]*/gu;

export type CheckFailure = 'empty' | 'number' | 'name' | 'negation' | 'condition' | 'words';
export type CheckResult = { held: true; evidence: Span; coverage: number } | { held: false; failure: CheckFailure };

/**
 * Is this sentence held by this passage? Deterministic: every number, amount and name of the sentence
 * stands in the evidence, negation and conditions agree, and nearly all its content words occur there.
 * Evidence is the best window of one or two neighbouring sentences; words of the heading path count too.
 */
export function checkSentence(
  sentence: string,
  passage: { headingPath: string; text: string; sentences: readonly Span[] },
): CheckResult {
  const words = contentWords(sentence);
  if (words.length === 0) return { held: false, failure: 'empty' };
  const heading = new Set(contentWords(passage.headingPath).map(({ stem }) => stem));
  let nearest: CheckResult = { held: false, failure: 'words' };
  let nearestCoverage = 0;
  for (const window of windowsOf(passage.sentences)) {
    const evidence = passage.text.slice(window.start, window.end);
    const held = new Set(contentWords(evidence).map(({ stem }) => stem));
    const own = words.filter(({ stem }) => held.has(stem)).length;
    const covered = words.filter(({ stem }) => held.has(stem) || heading.has(stem)).length / words.length;
    // The heading may name the subject, but cannot hold a statement by itself.
    if (covered < CHECKING.coverage || own < words.length / 2) continue;
    if (covered <= nearestCoverage) continue;
    const failure = contradiction(sentence, evidence, passage.headingPath);
    if (failure === null) {
      nearest = { held: true, evidence: window, coverage: covered };
      nearestCoverage = covered;
    } else if (!nearest.held) nearest = { held: false, failure };
  }
  return nearest;
}

/** Single sentences first: a pair is evidence only where it covers more than either half. */
function windowsOf(sentences: readonly Span[]): Span[] {
  const windows: Span[] = [];
  for (let size = 1; size <= CHECKING.window; size++) {
    for (let first = 0; first + size <= sentences.length; first++) {
      const start = sentences[first];
      const end = sentences[first + size - 1];
      if (start && end) windows.push({ start: start.start, end: end.end });
    }
  }
  return windows;
}

function contradiction(sentence: string, evidence: string, heading: string): CheckFailure | null {
  const context = `${heading}\n${evidence}`;
  if (!includesAll(numbersIn(sentence), numbersIn(context))) return 'number';
  if (!includesAll(matches(sentence, CURRENCY), matches(context, CURRENCY))) return 'number';
  const said = context.toLowerCase();
  if (!matches(sentence, NAME).every((name) => said.includes(name.toLowerCase()))) return 'name';
  if (NEGATION.test(sentence) !== NEGATION.test(evidence)) return 'negation';
  if (CONDITION.test(evidence) && !CONDITION.test(sentence)) return 'condition';
  return null;
}

function numbersIn(text: string): string[] {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .flatMap((word) => (NUMBER_WORDS.includes(word) ? [String(NUMBER_WORDS.indexOf(word) + 1)] : []));
  return [...matches(text, NUMBER), ...words];
}

function matches(text: string, pattern: RegExp): string[] {
  return (text.match(pattern) ?? []).map((match) => match.toLowerCase());
}

function includesAll(needed: readonly string[], present: readonly string[]): boolean {
  const has = new Set(present);
  return needed.every((item) => has.has(item));
}
