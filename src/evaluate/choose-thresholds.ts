import { roundRate, shareOf } from './percentiles.ts';

/** A question with the confidence that its answer would be shown with. */
export interface JudgedQuestion {
  confidence: number;
  /** Would the answer be right? */
  right: boolean;
  /** Would it contain the gold answer? */
  contains: boolean;
  answerable: boolean;
}

export interface ThresholdRow {
  decline: number;
  /** Of the answerable questions, those that an answer with the gold answer is shown to. */
  contains_answer: number | null;
  false_refusals: number | null;
  /** Of the unanswerable questions. */
  false_answers: number | null;
  /** Of shown answers. */
  right: number | null;
}

/**
 * Most unanswerable questions that may be answered, in the mean over the collections. One in five is what a business
 * may meet at most: with 0.13, nine of ten draws of 25 such questions stay within it (binomial).
 */
const MOST_FALSE_ANSWERS = 0.13;
/** Thresholds that show this much less of the gold answers are as good: one question among a hundred. */
const AS_GOOD = 0.01;
/** Answers without a caveat are right at least this often. */
const SURE = 0.9;
/**
 * Thresholds lie on a grid. Where the map is nearly level a coarse one jumps: with forty steps one of them took six
 * of a hundred gold answers.
 */
const GRID = Array.from({ length: 199 }, (_, index) => (index + 1) / 200);

export function thresholdTable(questions: readonly JudgedQuestion[]): ThresholdRow[] {
  return GRID.map((decline) => atThreshold(questions, decline));
}

/**
 * Of the thresholds that let through few enough unanswerable questions, the one at which most gold answers are shown
 * (what is not sure carries a caveat); of those as good the highest. The highest of all when none does. Collections
 * weigh the same, so that one of few questions is steadied by another.
 *
 * @param served the same questions with the confidences of the model that will be in use: a step of its map may lie
 *   elsewhere than those of the models that had not seen the question, and few enough must come through under both
 */
export function chooseDecline(
  collections: readonly (readonly JudgedQuestion[])[],
  served: readonly (readonly JudgedQuestion[])[] = collections,
): number {
  const rows = GRID.map((decline) => {
    const row = collections.map((questions) => atThreshold(questions, decline));
    const inUse = served.map((questions) => atThreshold(questions, decline));
    const through = Math.max(meanOf(row, 'false_answers'), meanOf(inUse, 'false_answers'));
    return { decline, through, worth: meanOf(row, 'contains_answer') };
  });
  const allowed = rows.filter(({ through }) => through <= MOST_FALSE_ANSWERS);
  const most = Math.max(...allowed.map(({ worth }) => worth));
  return allowed.findLast(({ worth }) => worth >= most - AS_GOOD)?.decline ?? GRID.at(-1) ?? 1;
}

/** Over the collections that know the figure; 0 when none does. */
function meanOf(rows: readonly ThresholdRow[], name: 'false_answers' | 'contains_answer'): number {
  const known = rows.flatMap((row) => row[name] ?? []);
  return known.reduce((sum, value) => sum + value, 0) / Math.max(known.length, 1);
}

/** The lowest threshold from which on answers are right often enough to stand without a caveat. */
export function chooseCaveat(questions: readonly JudgedQuestion[], decline: number): number {
  const rows = thresholdTable(questions).filter((row) => row.decline >= decline);
  return rows.find(({ right }) => right !== null && right >= SURE)?.decline ?? GRID.at(-1) ?? 1;
}

function atThreshold(questions: readonly JudgedQuestion[], decline: number): ThresholdRow {
  const answerable = questions.filter((question) => question.answerable);
  const unanswerable = questions.filter((question) => !question.answerable);
  const shown = questions.filter(({ confidence }) => confidence >= decline);
  return {
    decline,
    contains_answer: roundRate(
      shareOf(answerable, ({ confidence, contains }) => confidence >= decline && contains),
    ),
    false_refusals: roundRate(shareOf(answerable, ({ confidence }) => confidence < decline)),
    false_answers: roundRate(shareOf(unanswerable, ({ confidence }) => confidence >= decline)),
    right: roundRate(shareOf(shown, ({ right }) => right)),
  };
}
