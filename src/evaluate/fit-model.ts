import { SIGNALS, type ConfidenceModel, type Signal } from '../answer/confidence.ts';
import {
  areaUnderCurve,
  expectedCalibrationError,
  reliabilityBins,
  type ReliabilityBin,
} from './calibration.ts';
import { fitLogistic, logLoss, predict, type Example, type LogisticModel } from './logistic-regression.ts';
import type { LabelledSignals } from './label-signals.ts';
import { mean, roundRate } from './percentiles.ts';
import { chooseDecline, chooseCaveat, thresholdTable, type ThresholdRow } from './choose-thresholds.ts';

const PENALTIES = [0.1, 0.3, 1, 3, 10, 30];
const FOLDS = 5;

export interface ConfidenceFit {
  questions: number;
  /** Questions whose answer would be right. */
  right: number;
  /** What goes into BUILTIN_CONFIDENCE of src/answer/confidence.ts. */
  model: ConfidenceModel;
  penalty: number;
  /** From here on all figures are of confidences that a model gave which had not seen the question. */
  cross_validated_auroc: number | null;
  cross_validated_log_loss: number | null;
  cross_validated_calibration_error: number | null;
  /** How well each signal alone tells right from wrong; 0.5 is nothing, below 0.5 is the wrong way round. */
  signal_auroc: Record<Signal, number | null>;
  /** Questions of like confidence, least confident first. */
  reliability: ReliabilityBin[];
  thresholds: ThresholdRow[];
}

/** `others` are of other documents: together they count as much as `rows`, and nothing is measured on them. */
export function fitModel(
  rows: readonly LabelledSignals[],
  others: readonly LabelledSignals[] = [],
): ConfidenceFit {
  const examples = rows.map((row) => toExample(row, 1));
  const more = others.map((row) => toExample(row, rows.length / others.length));
  const tried = PENALTIES.map((penalty) => ({
    penalty,
    confidences: crossValidate(examples, penalty, more),
  }));
  const lossOf = ({ confidences }: { confidences: readonly number[] }): number =>
    mean(confidences.map((confidence, index) => logLoss(confidence, examples[index]?.right ?? false))) ??
    Infinity;
  const best = tried.reduce((left, right) => (lossOf(right) < lossOf(left) ? right : left));
  const judged = rows.map((row, index) => ({ ...row, confidence: best.confidences[index] ?? 0 }));
  const decline = chooseDecline(judged);
  const model = toConfidenceModel(
    fitLogistic([...examples, ...more], best.penalty),
    decline,
    chooseCaveat(judged, decline),
  );
  return {
    questions: rows.length,
    right: rows.filter(({ right }) => right).length,
    model,
    penalty: best.penalty,
    cross_validated_auroc: roundRate(areaUnderCurve(judged)),
    cross_validated_log_loss: roundRate(lossOf(best)),
    cross_validated_calibration_error: roundRate(expectedCalibrationError(judged)),
    reliability: reliabilityBins(judged),
    signal_auroc: Object.fromEntries(
      SIGNALS.map((name) => [
        name,
        roundRate(areaUnderCurve(rows.map(({ signals, right }) => ({ confidence: signals[name], right })))),
      ]),
    ) as Record<Signal, number | null>,
    thresholds: thresholdTable(judged),
  };
}

/** For each example the confidence of a model fitted on the other folds; right and wrong ones dealt out evenly. */
export function crossValidate(
  examples: readonly Example[],
  penalty: number,
  more: readonly Example[] = [],
): number[] {
  const dealt = { right: 0, wrong: 0 };
  const folds = examples.map(({ right }) => (right ? dealt.right++ : dealt.wrong++) % FOLDS);
  const models = Array.from({ length: FOLDS }, (_, fold) =>
    fitLogistic([...examples.filter((_example, index) => folds[index] !== fold), ...more], penalty),
  );
  return examples.map(({ features }, index) => {
    const model = models[folds[index] ?? 0];
    return model ? predict(model, features) : 0.5;
  });
}

function toExample({ signals, right }: LabelledSignals, weight: number): Example {
  return { features: SIGNALS.map((name) => signals[name]), right, weight };
}

function toConfidenceModel(
  { bias, weights }: LogisticModel,
  decline: number,
  caveat: number,
): ConfidenceModel {
  return {
    bias: roundRate(bias),
    weights: Object.fromEntries(
      SIGNALS.map((name, index) => [name, roundRate(weights[index] ?? 0)]),
    ) as ConfidenceModel['weights'],
    decline,
    caveat,
  };
}
