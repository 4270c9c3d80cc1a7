import { describe, expect, it } from 'vitest';
import { leastSample, selectiveThreshold } from './selective-threshold.ts';

/** Pseudo-random, the same every time. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
/** Confidence as it comes true: an answer of 0.8 is right in 80 of 100 cases. */
function calibrated(count: number, seed: number) {
  const random = draws(seed);
  return Array.from({ length: count }, () => {
    const confidence = random();
    return { confidence, right: random() < confidence };
  });
}

describe('selectiveThreshold', () => {
  it('keeps its promise on questions that it has not seen, in all but few of 100 samples', () => {
    const mostWrong = 0.2;
    let broken = 0;
    let found = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const chosen = selectiveThreshold(calibrated(600, seed * 7_919), mostWrong);
      if (!chosen) continue;
      found += 1;
      // Of answers above a threshold t that come true as promised, (1 - t) / 2 are wrong.
      if ((1 - chosen.threshold) / 2 > mostWrong) broken += 1;
    }
    expect(found).toBeGreaterThan(75);
    expect(broken / found).toBeLessThan(0.05);
  });

  it('gives more answers the more may be wrong', () => {
    const sample = calibrated(2_000, 11);
    const given = [0.1, 0.2, 0.3].map((rate) => selectiveThreshold(sample, rate)?.given ?? 0);
    expect(given[0]).toBeGreaterThan(0);
    expect(given[1]).toBeGreaterThan(given[0]!);
    expect(given[2]).toBeGreaterThan(given[1]!);
  });

  it('promises nothing from few questions, from none, or where all are wrong', () => {
    const right = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ confidence: index / count, right: true }));
    expect(selectiveThreshold(right(50), 0.02)).toBeNull();
    expect(selectiveThreshold([], 0.2)).toBeNull();
    expect(selectiveThreshold(right(500), 0.02)).not.toBeNull();
    expect(
      selectiveThreshold(
        calibrated(500, 3).map((one) => ({ ...one, right: false })),
        0.3,
      ),
    ).toBeNull();
  });

  it('takes answers of one confidence together', () => {
    const sample = Array.from({ length: 400 }, (_, index) => ({
      confidence: index % 2 === 0 ? 0.9 : 0.1,
      right: index % 2 === 0,
    }));
    expect(selectiveThreshold(sample, 0.05)).toMatchObject({ threshold: 0.9, given: 200, wrong: 0 });
  });
});

describe('leastSample', () => {
  it('is how many right answers in a row a promise needs', () => {
    const needed = leastSample(0.02);
    const rows = (count: number) => Array.from({ length: count }, () => ({ confidence: 0.9, right: true }));
    expect(selectiveThreshold(rows(needed), 0.02)).not.toBeNull();
    expect(selectiveThreshold(rows(needed - 60), 0.02)).toBeNull();
    expect(leastSample(0.1)).toBeLessThan(needed);
  });
});
