import { expect, it } from 'vitest';
import { codeFamily, findCodes } from './find-codes.ts';

it.each([
  ['What does E12 mean?', ['e12']],
  ['F.28, F-29 and f 28', ['f28', 'f29']],
  ['seal kit HB-2041 or RT-1042-XL', ['hb2041', 'rt1042xl']],
  ['the 402-B lamp', ['402b']],
  ['error E 12 on my box, or err12', ['e12']],
  ['within 30 days, 5kg, 10am, the 2nd, on 24 May, no 7', []],
  ['10.5 kg, 2026-11-22, 030/1234567', []],
  ['', []],
])('%s names %j', (text, codes) => expect(findCodes(text)).toEqual(codes));

it('codes of one list share their letters', () => {
  expect(['e12', 'hb2041', '402b'].map(codeFamily)).toEqual(['e', 'hb', '']);
});
