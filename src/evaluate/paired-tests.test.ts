import { describe, expect, it } from 'vitest';
import { bootstrapInterval, holm, mcNemarExact, signFlipTest } from './paired-tests.ts';

describe('mcNemarExact', () => {
  it('is the two-sided binomial test of the changes: 1 against 9 → 2 × 11 / 1024', () => {
    expect(mcNemarExact(9, 1)).toBeCloseTo(22 / 1024, 10);
    expect(mcNemarExact(1, 9)).toBeCloseTo(22 / 1024, 10);
  });

  it('is 1 where nothing changed or as much each way', () => {
    expect(mcNemarExact(0, 0)).toBe(1);
    expect(mcNemarExact(4, 4)).toBe(1);
  });
});

describe('signFlipTest', () => {
  it('tries all signs of few differences: of 8 sums of 1, 2, 3 only ±6 are as extreme', () => {
    expect(signFlipTest([1, 2, 3])).toBeCloseTo(2 / 8, 10);
    expect(signFlipTest([1, -2, 3])).toBeCloseTo(6 / 8, 10);
    expect(signFlipTest([0, 0])).toBe(1);
  });

  it('finds a small constant shift among many pairs, and none in noise', () => {
    const noise = Array.from({ length: 200 }, (_, index) => Math.sin(index * 12.9898) * 10);
    expect(signFlipTest(noise.map((value) => value + 3))).toBeLessThan(0.001);
    expect(signFlipTest(noise)).toBeGreaterThan(0.2);
    expect(signFlipTest(noise)).toBe(signFlipTest(noise));
  });
});

describe('bootstrapInterval', () => {
  it('holds the mean, is narrow for many alike, and null of none', () => {
    const [low, high] = bootstrapInterval(Array.from({ length: 400 }, (_, index) => index % 2))!;
    expect(low).toBeGreaterThan(0.43);
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.5);
    expect(high).toBeLessThan(0.57);
    expect(bootstrapInterval([])).toBeNull();
  });
});

describe('holm', () => {
  it('multiplies the smallest by their number, the next by one less, and never falls', () => {
    expect(holm([0.03, 0.01, 0.04])).toEqual([0.06, 0.03, 0.06]);
    expect(holm([0.5, 0.9])).toEqual([1, 1]);
  });
});
