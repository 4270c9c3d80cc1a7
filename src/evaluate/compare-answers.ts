import { Type, type Static } from '@sinclair/typebox';
import { AnswerboxError } from '../errors.ts';
import { mean, roundRate, roundTime } from './percentiles.ts';
import { bootstrapInterval, holm, mcNemarExact, signFlipTest } from './paired-tests.ts';
import { readEvaluationFile } from './read-evaluation-file.ts';

const NULLABLE = <Schema extends ReturnType<typeof Type.Number> | ReturnType<typeof Type.String>>(
  schema: Schema,
) => Type.Union([schema, Type.Null()]);

/** What is read of a line of `eval answers --out`. */
const SCORED_LINE = Type.Object({
  q: Type.String(),
  answerable: Type.Boolean(),
  doc_ids: Type.Array(Type.String()),
  answers: Type.Array(Type.String()),
  outcome: Type.String(),
  mode: NULLABLE(Type.String()),
  answer: NULLABLE(Type.String()),
  exact_match: Type.Number(),
  f1: Type.Number(),
  contains_answer: Type.Boolean(),
  cited_document_right: Type.Boolean(),
  sentences: Type.Array(Type.Object({ supported: Type.Boolean() })),
  total_ms: Type.Number(),
  first_text_ms: NULLABLE(Type.Number()),
});
export type ScoredLine = Static<typeof SCORED_LINE>;

export interface ComparedMetric {
  metric: string;
  /** Questions that both have a value for. */
  questions: number;
  a: number | null;
  b: number | null;
  /** b - a, with its 95 % interval. */
  difference: number | null;
  low: number | null;
  high: number | null;
  test: 'McNemar exact' | 'sign-flip randomisation';
  /** Two-sided, by itself; and raised for the number of metrics (Holm). */
  p: number | null;
  p_adjusted: number | null;
  beyond_chance: boolean;
  better: 'a' | 'b' | null;
}

export interface ChangedQuestion {
  q: string;
  /** Names of rates that changed, "+" where b does better. */
  changes: string[];
  outcome: [a: string, b: string];
  answer: [a: string | null, b: string | null];
}

export interface CompareReport {
  a: string;
  b: string;
  questions: number;
  /** Questions that only one of the two has; they are left out. */
  unmatched: number;
  metrics: ComparedMetric[];
  changed: ChangedQuestion[];
}

interface Metric {
  name: string;
  kind: 'rate' | 'mean' | 'time';
  better: 'higher' | 'lower' | 'neither';
  /** The value of one question; null where it has none. */
  of: (line: ScoredLine) => boolean | number | null;
}

const isShown = ({ outcome }: ScoredLine): boolean =>
  outcome === 'answered' || outcome === 'answered_with_caveat';
const hasGold = ({ answerable, answers }: ScoredLine): boolean => answerable && answers.length > 0;

const METRICS: readonly Metric[] = [
  {
    name: 'contains_answer',
    kind: 'rate',
    better: 'higher',
    of: (line) => (hasGold(line) ? line.contains_answer : null),
  },
  {
    name: 'exact_match',
    kind: 'rate',
    better: 'higher',
    of: (line) => (hasGold(line) ? line.exact_match === 1 : null),
  },
  { name: 'f1', kind: 'mean', better: 'higher', of: (line) => (hasGold(line) ? line.f1 : null) },
  {
    name: 'false_refusals',
    kind: 'rate',
    better: 'lower',
    of: (line) => (line.answerable ? !isShown(line) : null),
  },
  {
    name: 'false_answers',
    kind: 'rate',
    better: 'lower',
    of: (line) => (line.answerable ? null : isShown(line)),
  },
  {
    name: 'cited_document_right',
    kind: 'rate',
    better: 'higher',
    of: (line) =>
      line.answerable && line.doc_ids.length > 0 && isShown(line) ? line.cited_document_right : null,
  },
  {
    name: 'unsupported_sentences',
    kind: 'mean',
    better: 'lower',
    of: (line) => (isShown(line) ? mean(line.sentences.map(({ supported }) => (supported ? 0 : 1))) : null),
  },
  {
    name: 'generated',
    kind: 'rate',
    better: 'neither',
    of: (line) => (line.answerable ? isShown(line) && line.mode === 'generated' : null),
  },
  {
    name: 'characters',
    kind: 'mean',
    better: 'neither',
    of: (line) => (isShown(line) ? (line.answer?.length ?? null) : null),
  },
  { name: 'total_ms', kind: 'time', better: 'lower', of: ({ total_ms }) => total_ms },
  { name: 'first_text_ms', kind: 'time', better: 'lower', of: ({ first_text_ms }) => first_text_ms },
];

/** A difference of less than this could well be chance, all metrics taken together. */
const LEVEL = 0.05;

/** Lines of `eval answers --out`. @throws evaluation_file_invalid, cancelled */
export async function readScoredLines(path: string, signal?: AbortSignal): Promise<ScoredLine[]> {
  const lines: ScoredLine[] = [];
  for await (const { content } of readEvaluationFile(path, SCORED_LINE, signal)) lines.push(content);
  return lines;
}

/**
 * Two runs on the same questions, question by question: what differs, and whether chance explains it.
 * @throws usage when they have no question in common
 */
export function compareAnswers(
  a: { name: string; lines: readonly ScoredLine[] },
  b: { name: string; lines: readonly ScoredLine[] },
): CompareReport {
  const others = new Map(keyed(b.lines));
  const pairs = keyed(a.lines).flatMap(([key, line]): [ScoredLine, ScoredLine][] => {
    const other = others.get(key);
    return other ? [[line, other]] : [];
  });
  if (pairs.length === 0)
    throw new AnswerboxError('usage', { reason: `${a.name} and ${b.name} have no question in common.` });
  const metrics = METRICS.map((metric) => compareMetric(metric, pairs));
  const tested = metrics.filter(({ p }) => p !== null);
  const adjusted = holm(tested.map(({ p }) => p ?? 1));
  for (const [index, metric] of tested.entries()) {
    metric.p_adjusted = roundRate(adjusted[index] ?? 1);
    metric.beyond_chance = metric.p_adjusted < LEVEL;
    if (!metric.beyond_chance) metric.better = null;
  }
  return {
    a: a.name,
    b: b.name,
    questions: pairs.length,
    unmatched: a.lines.length + b.lines.length - 2 * pairs.length,
    metrics,
    changed: pairs.flatMap(([left, right]) => changesOf(left, right) ?? []),
  };
}

/** The same question may come twice: the first pairs with the first. */
function keyed(lines: readonly ScoredLine[]): [string, ScoredLine][] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const times = seen.get(line.q) ?? 0;
    seen.set(line.q, times + 1);
    return [`${times} ${line.q}`, line];
  });
}

function compareMetric(
  { name, kind, better, of }: Metric,
  pairs: readonly (readonly [ScoredLine, ScoredLine])[],
): ComparedMetric {
  const values = pairs.flatMap(([left, right]) => {
    const [one, other] = [of(left), of(right)];
    return one === null || other === null ? [] : [[Number(one), Number(other)] as const];
  });
  const differences = values.map(([one, other]) => other - one);
  const difference = mean(differences);
  const interval = bootstrapInterval(differences);
  const gained = differences.filter((value) => value > 0).length;
  const lost = differences.filter((value) => value < 0).length;
  const p = kind === 'rate' ? mcNemarExact(gained, lost) : signFlipTest(differences);
  const round = kind === 'time' ? roundTime : roundRate;
  const isBetter = better === 'lower' ? (difference ?? 0) < 0 : (difference ?? 0) > 0;
  return {
    metric: name,
    questions: values.length,
    a: round(mean(values.map(([one]) => one))),
    b: round(mean(values.map(([, other]) => other))),
    difference: round(difference),
    low: round(interval?.[0] ?? null),
    high: round(interval?.[1] ?? null),
    test: kind === 'rate' ? 'McNemar exact' : 'sign-flip randomisation',
    p: values.length === 0 ? null : roundRate(p),
    p_adjusted: null,
    beyond_chance: false,
    better: better === 'neither' || difference === 0 || difference === null ? null : isBetter ? 'b' : 'a',
  };
}

function changesOf(a: ScoredLine, b: ScoredLine): ChangedQuestion | null {
  const changes = METRICS.filter(({ kind }) => kind === 'rate').flatMap(({ name, better, of }) => {
    const [one, other] = [of(a), of(b)];
    if (one === null || other === null || one === other) return [];
    if (better === 'neither') return [name];
    return [`${(other === true) === (better === 'higher') ? '+' : '-'}${name}`];
  });
  if (changes.length === 0 && a.outcome === b.outcome) return null;
  return { q: a.q, changes, outcome: [a.outcome, b.outcome], answer: [a.answer, b.answer] };
}
