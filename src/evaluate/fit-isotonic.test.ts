import { describe, expect, it } from 'vitest';
import { mapped } from '../answer/confidence.ts';
import { fitIsotonic } from './fit-isotonic.ts';

const outcomes = (...pairs: [number, boolean][]) =>
  pairs.map(([probability, right]) => ({ probability, right }));

describe('fitIsotonic', () => {
  it('pools neighbours that fall: wrong, (right, wrong), right → three knots, the middle at one half', () => {
    const map = fitIsotonic(outcomes([0.1, false], [0.4, true], [0.6, false], [0.9, true]));
    expect(map).toEqual({ from: [0.1, 0.5, 0.9], to: [0.25, 0.5, 0.75] });
  });

  it('learns that 0.9 promised too much: half of those were right', () => {
    const rows = Array.from({ length: 200 }, (_, index): [number, boolean] =>
      index < 100 ? [0.1, index % 10 === 0] : [0.9, index % 2 === 0],
    );
    const map = fitIsotonic(outcomes(...rows));
    expect(mapped(0.9, map)).toBeCloseTo(0.5, 1);
    expect(mapped(0.1, map)).toBeCloseTo(0.1, 1);
    expect(mapped(0.5, map)).toBeCloseTo(0.3, 1);
    expect(mapped(1, map)).toBe(mapped(0.9, map));
  });

  it('never falls, whatever comes', () => {
    const rows = Array.from({ length: 300 }, (_, index): [number, boolean] => [
      ((index * 37) % 101) / 101,
      (index * 7919) % 13 < 5,
    ]);
    const { from, to } = fitIsotonic(outcomes(...rows));
    for (let index = 1; index < from.length; index++) {
      expect(from[index]).toBeGreaterThan(from[index - 1]!);
      expect(to[index]).toBeGreaterThanOrEqual(to[index - 1]!);
    }
  });
});
