import { expect, it } from 'vitest';
import type { Citation } from '../answer/answer-types.ts';
import type { RankedPassage } from '../answer/path-types.ts';
import { createFakeModelHost } from '../inference/fakes.ts';
import { splitPassage } from '../text/split-passage.ts';
import { verifyShown, type ShownAnswer } from './verify-shown.ts';

const TEXT = 'Boots cost €90. They ship in 2 days.';
const PASSAGE = {
  chunk: { documentId: 'a', headingPath: 'Boots', text: TEXT, start: 100, end: 100 + TEXT.length },
  sentences: splitPassage(TEXT),
} as unknown as RankedPassage;
const cite = (index: number, document_id: string, start: number, end: number) =>
  ({ index, document_id, start, end }) as Citation;
const SHOWN: ShownAnswer = {
  sentences: [
    { text: 'Boots are €90.', cited: [1, 2] },
    { text: 'They float.', cited: [3] },
    { text: 'Ask us.', cited: [] },
  ],
  citations: [cite(1, 'a', 100, 115), cite(2, 'a', 116, 136), cite(3, 'elsewhere', 100, 115)],
  passages: [PASSAGE],
};
const tokens = { countTokens: (text: string) => text.split(' ').length };
const signal = new AbortController().signal;

it('gives the best probability over the citations of a sentence, null where none was found', async () => {
  const { verifier } = createFakeModelHost({
    verify: async (pairs) =>
      pairs.map(({ evidence }, place) => {
        expect(evidence).toBe(`Boots: ${TEXT}`);
        return [0.3, 0.8][place]!;
      }),
  });
  expect(await verifyShown(SHOWN, { verifier, tokens }, signal)).toEqual([0.8, null, null]);
});

it('is null for all without a verifier', async () => {
  expect(await verifyShown(SHOWN, { verifier: null, tokens }, signal)).toEqual([null, null, null]);
});
