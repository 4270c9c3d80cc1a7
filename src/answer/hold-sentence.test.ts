import { describe, expect, it } from 'vitest';
import { AnswerboxError } from '../errors.ts';
import type { StatementPair, Verifier } from '../inference/contracts.ts';
import { createFakeModelHost } from '../inference/fakes.ts';
import { splitPassage } from '../text/split-passage.ts';
import { CHECKING } from './answer-settings.ts';
import { holdSentence } from './hold-sentence.ts';
import type { ContextPassage, HeldSentence, RankedPassage } from './path-types.ts';

function passage(index: number, headingPath: string, text: string): ContextPassage {
  const ranked = {
    chunk: { id: index, headingPath, text },
    sentences: splitPassage(text),
  } as unknown as RankedPassage;
  return { index, passage: ranked, chosen: ranked.sentences, text };
}
const CONTEXT = [
  passage(
    1,
    'Lamps > Care',
    'Lamps get wet outdoors. Dry the lamp with the flap open for a day. Then close it.',
  ),
  passage(2, 'Drying', 'With the flap open, dry the lamp for a day.'),
];
const WORDED = { text: 'Dry the lamp for a day.', cited: [1] };
const COPIED = { text: 'Dry the lamp with the flap open for a day.', cited: [1] };

/** A verifier that answers with one probability after the other, and remembers what it was asked. */
function answering(...probabilities: number[]): { verifier: Verifier | null; asked: StatementPair[] } {
  const asked: StatementPair[] = [];
  const { verifier } = createFakeModelHost({
    verify: async (pairs) => {
      asked.push(...pairs);
      return pairs.map(() => probabilities.shift()!);
    },
  });
  return { verifier, asked };
}
const failing = (error: Error): Verifier | null =>
  createFakeModelHost({ verify: () => Promise.reject(error) }).verifier;

function hold(draft: typeof WORDED, verifier: Verifier | null): Promise<HeldSentence | null> {
  const tokens = { countTokens: (text: string) => text.split(' ').length };
  return holdSentence(draft, CONTEXT, { verifier, tokens, signal: new AbortController().signal });
}

describe('holdSentence', () => {
  it('shows a sentence to the verifier with its surroundings', async () => {
    const { verifier, asked } = answering(CHECKING.verifierFloor);
    expect((await hold(WORDED, verifier))?.passage.chunk.id).toBe(1);
    expect(asked).toEqual([
      { statement: WORDED.text, evidence: `Lamps > Care: ${CONTEXT[0]!.passage.chunk.text}` },
    ]);
  });

  it('goes on to the next passage when the verifier refuses one, and gives up after the last', async () => {
    expect((await hold(WORDED, answering(0.1, 0.9).verifier))?.passage.chunk.id).toBe(2);
    expect(await hold(WORDED, answering(0.1, 0.2).verifier)).toBeNull();
  });

  it('asks no verifier about a copy, nor about what the rules refuse', async () => {
    const unprepared = createFakeModelHost().verifier;
    expect((await hold(COPIED, unprepared))?.passage.chunk.id).toBe(1);
    expect(await hold({ text: 'Dry the lamp for two days.', cited: [1] }, unprepared)).toBeNull();
  });

  it('goes by the rules alone where no verifier is installed', async () => {
    expect((await hold(WORDED, null))?.passage.chunk.id).toBe(1);
  });

  it('takes a sentence for not held when the models are away, and passes on what else fails', async () => {
    for (const code of ['model_failed', 'models_unavailable', 'overloaded'] as const)
      expect(await hold(WORDED, failing(new AnswerboxError(code)))).toBeNull();
    await expect(hold(WORDED, failing(new AnswerboxError('cancelled')))).rejects.toThrow();
  });
});
