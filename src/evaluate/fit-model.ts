import { confidenceOf, mapped, SIGNALS, type ConfidenceModel, type Signal } from '../answer/confidence.ts';
import type { LabelledConfidence } from '../answer/decide/selective-threshold.ts';
import {
  areaUnderCurve,
  expectedCalibrationError,
  reliabilityBins,
  type ReliabilityBin,
} from './calibration.ts';
import {
  chooseDecline,
  chooseCaveat,
  thresholdTable,
  type JudgedQuestion,
  type ThresholdRow,
} from './choose-thresholds.ts';
import { fitIsotonic } from './fit-isotonic.ts';
import type { LabelledSignals } from './label-signals.ts';
import { fitLogistic, logLoss, predict, type Example, type LogisticModel } from './logistic-regression.ts';
import { mean, roundRate } from './percentiles.ts';

const PENALTIES = [0.1, 0.3, 1, 3, 10, 30];
const FOLDS = 5;
export const MAPS = ['platt', 'isotonic'] as const;
export type MapKind = (typeof MAPS)[number];

export interface ConfidenceFit {
  questions: number;
  /** Questions whose answer would be right. */
  right: number;
  /** Questions of other collections of documents that were fitted with them. */
  more_questions: number;
  model: ConfidenceModel;
  penalty: number;
  /** The map with the lower calibration error of the two. */
  map: MapKind;
  /** From here on all figures are of confidences that a model gave which had not seen the question. */
  cross_validated_auroc: number | null;
  cross_validated_log_loss: number | null;
  cross_validated_calibration_error: number | null;
  /** By either map, of all questions that were fitted, each collection weighing the same. */
  calibration_error_of: Record<MapKind, number | null>;
  /** How well each signal alone tells right from wrong; 0.5 is nothing, below 0.5 is the wrong way round. */
  signal_auroc: Record<Signal, number | null>;
  /** Questions of like confidence, least confident first. */
  reliability: ReliabilityBin[];
  thresholds: ThresholdRow[];
}

export interface FittedModel {
  fit: ConfidenceFit;
  /** Every question with its confidence by a model that had not seen it: what error rates are promised from. */
  sample: LabelledConfidence[];
}

/**
 * The logistic model with the least loss, the better of two maps, and thresholds; all by cross-validation over five
 * folds. `others` are of other documents: each of them counts as much as `rows`.
 */
export function fitModel(
  rows: readonly LabelledSignals[],
  ...others: readonly (readonly LabelledSignals[])[]
): FittedModel {
  const collections = [rows, ...others].filter((collection) => collection.length > 0);
  const all = collections.flat();
  const examples = collections.flatMap((collection) =>
    collection.map((row) => toExample(row, rows.length / collection.length)),
  );
  const byCollection = <Row>(list: readonly Row[]): Row[][] => {
    let next = 0;
    return collections.map(({ length }) => list.slice(next, (next += length)));
  };
  const penalty = bestPenalty(examples);
  const { map, given, errors } = bestMap(examples, penalty, (confidences) =>
    collectionsError(
      byCollection(all.map(({ right }, index) => ({ right, confidence: confidences[index] ?? 0 }))),
    ),
  );
  const sample = all.map(({ right, answerable, intent = null }, index) => ({
    confidence: roundRate(given[index] ?? 0),
    right,
    answerable,
    intent,
  }));
  const everyone = all.map((row, index) => ({ ...row, confidence: given[index] ?? 0 }));
  const judged = everyone.slice(0, rows.length);
  const fitted = toConfidenceModel(fitLogistic(examples, penalty), map === 'isotonic' ? all : null, examples);
  const served = all.map((row) => ({ ...row, confidence: confidenceOf(row.signals, fitted) }));
  const decline = chooseDecline(byCollection(everyone), byCollection(served));
  const fit = {
    questions: rows.length,
    right: rows.filter(({ right }) => right).length,
    more_questions: all.length - rows.length,
    model: { ...fitted, decline, caveat: chooseCaveat(judged, decline) },
    penalty,
    map,
    cross_validated_auroc: roundRate(areaUnderCurve(judged)),
    cross_validated_log_loss: roundRate(weightedLoss(given.slice(0, rows.length), examples)),
    cross_validated_calibration_error: roundRate(expectedCalibrationError(judged)),
    calibration_error_of: { platt: roundRate(errors.platt), isotonic: roundRate(errors.isotonic) },
    reliability: reliabilityBins(judged),
    signal_auroc: signalCurves(rows),
    thresholds: thresholdTable(judged),
  };
  return { fit, sample };
}

/** The one with the least cross-validated loss. */
function bestPenalty(examples: readonly Example[]): number {
  const tried = PENALTIES.map((penalty) => ({
    penalty,
    loss: weightedLoss(crossValidate(examples, penalty), examples),
  }));
  return tried.reduce((left, right) => (right.loss < left.loss ? right : left)).penalty;
}

/** The map with the lower cross-validated calibration error; the plainer one of equals. */
function bestMap(
  examples: readonly Example[],
  penalty: number,
  errorOf: (confidences: readonly number[]) => number | null,
): { map: MapKind; given: number[]; errors: Record<MapKind, number | null> } {
  const byMap = {
    platt: crossValidate(examples, penalty),
    isotonic: crossValidate(examples, penalty, 'isotonic'),
  };
  const errors = { platt: errorOf(byMap.platt), isotonic: errorOf(byMap.isotonic) };
  const map = (errors.isotonic ?? 1) < (errors.platt ?? 1) ? 'isotonic' : 'platt';
  return { map, given: byMap[map], errors };
}

/** For each example the confidence of a model fitted on the other folds; right and wrong ones dealt out evenly. */
export function crossValidate(
  examples: readonly Example[],
  penalty: number,
  map: MapKind = 'platt',
): number[] {
  const dealt = { right: 0, wrong: 0 };
  const folds = examples.map(({ right }) => (right ? dealt.right++ : dealt.wrong++) % FOLDS);
  const models = Array.from({ length: FOLDS }, (_, fold) => {
    const seen = examples.filter((_example, index) => folds[index] !== fold);
    const model = fitLogistic(seen, penalty);
    return { model, knots: map === 'isotonic' ? isotonicOf(model, seen) : null };
  });
  return examples.map(({ features }, index) => {
    const fold = models[folds[index] ?? 0];
    if (!fold) return 0.5;
    const probability = predict(fold.model, features);
    return fold.knots ? mapped(probability, fold.knots) : probability;
  });
}

function isotonicOf(model: LogisticModel, examples: readonly Example[]): ReturnType<typeof fitIsotonic> {
  return fitIsotonic(
    examples.map(({ features, right, weight = 1 }) => ({
      probability: predict(model, features),
      right,
      weight,
    })),
  );
}

function weightedLoss(given: readonly number[], examples: readonly Example[]): number {
  const losses = given.map((probability, index) => {
    const { right = false, weight = 1 } = examples[index] ?? {};
    return { weight, loss: weight * logLoss(probability, right) };
  });
  const weight = losses.reduce((sum, one) => sum + one.weight, 0);
  return weight === 0 ? Infinity : losses.reduce((sum, { loss }) => sum + loss, 0) / weight;
}

/** The mean of the collections' own calibration errors. */
function collectionsError(
  collections: readonly (readonly Pick<JudgedQuestion, 'right' | 'confidence'>[])[],
): number | null {
  return mean(collections.map(expectedCalibrationError).filter((error) => error !== null));
}

function signalCurves(rows: readonly LabelledSignals[]): Record<Signal, number | null> {
  return Object.fromEntries(
    SIGNALS.map((name) => [
      name,
      roundRate(areaUnderCurve(rows.map(({ signals, right }) => ({ confidence: signals[name], right })))),
    ]),
  ) as Record<Signal, number | null>;
}

function toExample({ signals, right }: LabelledSignals, weight: number): Example {
  return { features: SIGNALS.map((name) => signals[name]), right, weight };
}

/** @param mapped the rows to fit the isotonic map to, or null for none */
function toConfidenceModel(
  { bias, weights }: LogisticModel,
  rows: readonly LabelledSignals[] | null,
  examples: readonly Example[],
): Omit<ConfidenceModel, 'decline' | 'caveat'> {
  const plain = {
    bias: roundRate(bias),
    weights: Object.fromEntries(
      SIGNALS.map((name, index) => [name, roundRate(weights[index] ?? 0)]),
    ) as ConfidenceModel['weights'],
    map: null,
  };
  if (rows === null) return plain;
  return {
    ...plain,
    map: fitIsotonic(
      rows.map(({ signals, right }, index) => ({
        probability: confidenceOf(signals, plain),
        right,
        weight: examples[index]?.weight ?? 1,
      })),
    ),
  };
}
