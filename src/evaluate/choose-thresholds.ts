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

/** Most unanswerable questions that may be answered, in every collection. */
const MOST_FALSE_ANSWERS = 0.2;
/** Answers without a caveat are right at least this often. */
const SURE = 0.9;
/** Thresholds lie on a grid: finer ones would follow single questions. */
const GRID = Array.from({ length: 39 }, (_, index) => (index + 1) / 40);

export function thresholdTable(questions: readonly JudgedQuestion[]): ThresholdRow[] {
  return GRID.map((decline) => atThreshold(questions, decline));
}

/**
 * Of the thresholds that let through few enough unanswerable questions of each collection, the one at which most gold
 * answers are shown (what is not sure carries a caveat); of equals the highest. The highest of all when none does.
 */
export function chooseDecline(collections: readonly (readonly JudgedQuestion[])[]): number {
  const rows = GRID.map((decline) => collections.map((questions) => atThreshold(questions, decline)));
  const allowed = rows.filter((row) =>
    row.every(({ false_answers: wrong }) => (wrong ?? 0) <= MOST_FALSE_ANSWERS),
  );
  const worth = (row: ThresholdRow[]): number =>
    row.reduce((sum, { contains_answer: contains }) => sum + (contains ?? 0), 0);
  const most = Math.max(...allowed.map(worth));
  return allowed.findLast((row) => worth(row) === most)?.[0]?.decline ?? GRID.at(-1) ?? 1;
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
