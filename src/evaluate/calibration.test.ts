import { describe, expect, it } from 'vitest';
import {
  areaUnderCurve,
  calibrationErrorByChance,
  expectedCalibrationError,
  type Judged,
} from './calibration.ts';

const judged = (...pairs: [number, boolean][]): Judged[] =>
  pairs.map(([confidence, right]) => ({ confidence, right }));

describe('expectedCalibrationError', () => {
  it('is the distance of promise and truth, bin by bin: (0.1 + 0.6) / 2 with one answer a bin', () => {
    expect(expectedCalibrationError(judged([0.9, true], [0.6, false]))).toBeCloseTo((0.1 + 0.6) / 2);
  });

  it('puts equally many answers in each bin: 20 answers, 2 a bin', () => {
    const pairs = Array.from({ length: 20 }, (_, index): [number, boolean] => [
      0.5 + index / 1000,
      index % 2 === 0,
    ]);
    // Each bin: one of two right; confidences rise from 0.5005 to 0.5185 in steps of 0.002.
    expect(expectedCalibrationError(judged(...pairs))).toBeCloseTo(0.0095, 6);
  });

  it('is null of none and 0 for the sure and right', () => {
    expect(expectedCalibrationError([])).toBeNull();
    expect(expectedCalibrationError(judged([1, true], [0, false]))).toBe(0);
  });
});

describe('calibrationErrorByChance', () => {
  const halves = (answers: number): Judged[] => judged(...Array(answers).fill([0.5, true]));

  it('is a half for one answer of 0.5 a bin, whatever comes true', () => {
    expect(calibrationErrorByChance(halves(10))).toEqual({ p05: 0.5, median: 0.5, p95: 0.5 });
  });

  it('falls with the root of the number of answers: about √(2/π) · √(0.25 / 100) of 100 a bin', () => {
    const chance = calibrationErrorByChance(halves(1_000))!;
    expect(chance.median).toBeCloseTo(Math.sqrt(2 / Math.PI) * 0.05, 2);
    expect(chance.p05).toBeLessThan(chance.median);
    expect(chance.p95).toBeGreaterThan(chance.median);
  });

  it('is nothing for those who are sure, and null of none', () => {
    expect(calibrationErrorByChance(judged([1, true], [0, false]))).toEqual({ p05: 0, median: 0, p95: 0 });
    expect(calibrationErrorByChance([])).toBeNull();
  });
});

describe('areaUnderCurve', () => {
  it('counts ordered pairs, ties half: (1 + 1 + 0.5 + 0) / 4', () => {
    expect(areaUnderCurve(judged([0.9, true], [0.4, true], [0.4, false], [0.5, false]))).toBeCloseTo(2.5 / 4);
  });

  it('is null when all are alike', () => {
    expect(areaUnderCurve(judged([0.9, true], [0.4, true]))).toBeNull();
  });
});
