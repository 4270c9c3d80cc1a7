import { describe, expect, it } from 'vitest';
import { codeShares, fitCodes } from './match-codes.ts';

describe('codeShares', () => {
  it('counts a code for more that few passages hold', () => {
    const texts = [
      'WX300: E12 means no water.',
      'WX300: E13 means no heat.',
      'WX300 prices',
      'Opening hours',
    ];
    const [both, one, other, none] = codeShares(['e12', 'wx300'], texts);
    expect(both).toBeCloseTo(1);
    expect(one).toBeCloseTo(0.25);
    expect(other).toBe(one);
    expect(none).toBe(0);
  });

  it('is 0 where nobody asks for a code, or nobody holds it', () => {
    expect(codeShares([], ['E12'])).toEqual([0]);
    expect(codeShares(['e99'], ['E12', 'E13'])).toEqual([0, 0]);
  });
});

describe('fitCodes', () => {
  const list = ['Codes of the dishwasher.', 'E-12: no water.', 'Open the tap.', 'E13: no heat.', 'Call us.'];

  it('a code speaks for what follows it, until the next of its list', () => {
    expect(fitCodes(['e12'], 'Dishwasher', list)).toEqual([0, 1, 1, -1, -1]);
    expect(fitCodes(['e12'], 'Dishwasher > E12', ['No water.', 'Order HB-2041.'])).toEqual([1, 1]);
  });

  it('a sentence fits less that names others beside it', () => {
    expect(fitCodes(['e12'], '', ['E12 and E21 are not the same.', 'E12 to E15'])).toEqual([0.5, 0.5]);
  });

  it('any other code is another where none of those asked about is known', () => {
    expect(fitCodes(['p83'], '', ['Call us.', 'F.83: no water.'], false)).toEqual([0, -1]);
    expect(fitCodes(['p83'], '', ['Call us.', 'F.83: no water.'])).toEqual([0, 0]);
  });

  it('is neutral where no code of the list is named', () => {
    expect(fitCodes(['f28'], 'Dishwasher', list)).toEqual([0, 0, 0, 0, 0]);
    expect(fitCodes([], 'Dishwasher', list)).toEqual([0, 0, 0, 0, 0]);
  });

  it('two codes in one question: a sentence fits that names no other of either list', () => {
    expect(fitCodes(['wx300', 'e12'], '', ['WX300: E13 is no heat.', 'WX300: E12 is no water.'])).toEqual([
      -1, 1,
    ]);
  });
});
