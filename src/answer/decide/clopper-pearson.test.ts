import { describe, expect, it } from 'vitest';
import { binomialAtMost, rateInterval, upperBound } from './clopper-pearson.ts';

describe('binomialAtMost', () => {
  it('adds up: of 4 throws of a coin at most 1 head in 5 of 16 cases', () => {
    expect(binomialAtMost(1, 4, 0.5)).toBeCloseTo(5 / 16, 12);
    expect(binomialAtMost(4, 4, 0.5)).toBe(1);
    expect(binomialAtMost(3, 100_000, 0.5)).toBe(0);
  });
});

describe('upperBound', () => {
  it('is 1 - level^(1/n) where nothing went wrong, the rule of three', () => {
    expect(upperBound(0, 149, 0.05)).toBeCloseTo(1 - 0.05 ** (1 / 149), 9);
    expect(upperBound(0, 149, 0.05)).toBeLessThan(0.02);
    expect(upperBound(0, 148, 0.05)).toBeGreaterThan(0.02);
  });

  it('is 1 where everything did', () => {
    expect(upperBound(5, 5, 0.05)).toBe(1);
  });
});

describe('rateInterval', () => {
  it('is the published interval of 7 in 20: 0.154 to 0.592', () => {
    const [low, high] = rateInterval(7, 20)!;
    expect(low).toBeCloseTo(0.1539, 4);
    expect(high).toBeCloseTo(0.5922, 4);
  });

  it('touches 0 and 1, and is null of nothing', () => {
    expect(rateInterval(0, 10)![0]).toBeCloseTo(0, 12);
    expect(rateInterval(10, 10)![1]).toBe(1);
    expect(rateInterval(0, 0)).toBeNull();
  });
});
