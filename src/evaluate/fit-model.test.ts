import { describe, expect, it } from 'vitest';
import { NO_SIGNALS } from '../answer/confidence.ts';
import { chooseCaveat, chooseDecline, type JudgedQuestion } from './choose-thresholds.ts';
import { crossValidate, fitModel } from './fit-model.ts';
import type { LabelledSignals } from './label-signals.ts';
import { fitLogistic, predict, solve } from './logistic-regression.ts';

describe('solve', () => {
  it('solves 2x + y = 5, x + 3y = 10 → 1, 3; also when the first pivot is 0', () => {
    expect(
      solve(
        [
          [2, 1],
          [1, 3],
        ],
        [5, 10],
      ),
    ).toEqual([1, 3]);
    expect(
      solve(
        [
          [0, 1],
          [1, 0],
        ],
        [3, 4],
      ),
    ).toEqual([4, 3]);
  });
});

describe('fitLogistic', () => {
  it('finds the log odds of groups: 3 of 4 right at 1, 1 of 4 at 0 → bias -ln 3, weight 2 ln 3', () => {
    const examples = [0, 0, 0, 0, 1, 1, 1, 1].map((feature, index) => ({
      features: [feature],
      right: [3, 4, 5, 6].includes(index),
    }));
    const model = fitLogistic(examples, 0);
    expect(model.bias).toBeCloseTo(-Math.log(3), 6);
    expect(model.weights[0]).toBeCloseTo(2 * Math.log(3), 6);
    expect(predict(model, [1])).toBeCloseTo(0.75, 6);
  });

  it('stays finite on separable data by its penalty', () => {
    const examples = Array.from({ length: 20 }, (_, index) => ({
      features: [index / 20],
      right: index >= 10,
    }));
    const model = fitLogistic(examples, 0.1);
    expect(model.weights[0]).toBeGreaterThan(1);
    expect(model.weights[0]).toBeLessThan(1000);
    expect(predict(model, [0.9])).toBeGreaterThan(0.8);
  });
});

/** `answerable` tells right from wrong, `sentence` tells nothing. */
const rows: LabelledSignals[] = Array.from({ length: 40 }, (_, index) => {
  const right = index % 4 !== 0;
  const signals = {
    ...NO_SIGNALS,
    answerable: (right ? 0.6 : 0.2) + (index % 5) / 20,
    sentence: (index % 7) / 7,
  };
  return { signals, right, contains: right, answerable: right };
});

describe('fitModel', () => {
  it('separates what can be separated, and says which signal did it', () => {
    const { fit } = fitModel(rows);
    expect(fit).toMatchObject({ questions: 40, right: 30, cross_validated_auroc: 1 });
    expect(fit.signal_auroc.answerable).toBe(1);
    expect(fit.model.weights.answerable).toBeGreaterThan(fit.model.weights.sentence);
    const chosen = fit.thresholds.find(({ decline }) => decline === fit.model.decline);
    expect(chosen).toMatchObject({ contains_answer: 1, false_answers: 0 });
  });

  it('gives the same numbers every time', () => {
    expect(fitModel(rows)).toEqual(fitModel(rows));
  });

  it('every collection weighs the same, however many questions it has', () => {
    const other = rows.map((row, index) => ({ ...row, right: index % 3 === 0 }));
    const meanOf = (...others: (typeof rows)[]): number => {
      const own = fitModel(rows, ...others).sample.slice(0, rows.length);
      return own.reduce((sum, { confidence }) => sum + confidence, 0) / own.length;
    };
    expect(meanOf(other)).toBeLessThan(meanOf() - 0.05);
    expect(Math.abs(meanOf([...other, ...other, ...other]) - meanOf(other))).toBeLessThan(0.03);
    expect(meanOf(other, other)).toBeLessThan(meanOf(other) - 0.02);
  });

  it('never judges an example by a model that saw it', () => {
    // With nothing to go by, each is given the share of the others: right ones a lower one than wrong ones.
    const examples = Array.from({ length: 10 }, (_, index) => ({ features: [0], right: index < 5 }));
    const confidences = crossValidate(examples, 1);
    expect(Math.max(...confidences) - Math.min(...confidences)).toBeLessThan(1e-6);
  });
});

describe('thresholds', () => {
  const question = (confidence: number, answerable: boolean, right = answerable): JudgedQuestion => ({
    confidence,
    answerable,
    right,
    contains: right,
  });
  const questions = [
    ...[0.9, 0.8, 0.7, 0.42].map((confidence) => question(confidence, true)),
    question(0.6, true, false),
    ...[0.48, 0.3, 0.2, 0.1].map((confidence) => question(confidence, false)),
  ];

  it('declines above all but few unanswerable ones', () => {
    // At 0.48 one of four unanswerable ones comes through: more than 13 %. Above it none does.
    expect(chooseDecline([questions])).toBe(0.7);
    // A wrong answer is worth nothing, a right one all; collections weigh the same.
    expect(chooseDecline([questions, [question(0.52, true)]])).toBe(0.52);
    expect(chooseDecline([questions, [question(0.52, true), question(0.62, false)]])).toBe(0.7);
  });

  it('lets few through under the confidences that will be in use, too', () => {
    const served = questions.map((one) => (one.confidence === 0.48 ? { ...one, confidence: 0.72 } : one));
    expect(chooseDecline([questions], [served])).toBe(0.8);
  });

  it('goes without caveat where nine of ten are right', () => {
    expect(chooseCaveat(questions, 0.5)).toBe(0.605);
  });
});
