import { describe, expect, it } from 'vitest';
import { createFakeModelHost } from '../../inference/fakes.ts';
import type { ModelState } from '../../inference/contracts.ts';
import type { ContextPassage, QuestionPart, RankedPassage } from '../path-types.ts';
import { chooseWriters } from './choose-writers.ts';
import type { PromptTemplate } from './prompt-template.ts';
import type { LargeWriter } from './writer-types.ts';
import { COMPLEXITY } from './writer-rules.ts';

const TEMPLATE = { name: 'test' } as PromptTemplate;
const CONTEXT = [{ index: 1, text: 'Boots can go back within 60 days.' }] as ContextPassage[];

function passage(documentId: string, score: number, lead?: string): RankedPassage {
  const text = 'Boots can go back within 60 days.';
  const span = { start: 0, end: text.length };
  const chunk = { id: score, documentId, text };
  return {
    chunk,
    sentences: [span],
    fused: { rank: 1, score },
    ...(lead && { lead }),
  } as unknown as RankedPassage;
}

/** A plain question: one part, one clear document. */
function part(more: Partial<QuestionPart> = {}): QuestionPart {
  const ranked = [passage('returns', 0.9), passage('refunds', 0.5)];
  const best = { passage: ranked[0]!, index: 0, span: ranked[0]!.sentences[0]!, text: 'Boots', score: 1 };
  return { text: 'How long?', share: 1, ranked, sentences: [best], ...more } as unknown as QuestionPart;
}

function large(state: ModelState = 'ready', texts = 0): LargeWriter {
  return {
    generator: createFakeModelHost().generator!,
    template: TEMPLATE,
    answerTokens: 300,
    patienceMs: 1_000,
    health: () => ({ state }),
    texts: () => texts,
    processId: () => null,
  };
}

function chosen(
  asked: QuestionPart,
  second: LargeWriter | null,
  { withGenerator = true, context = CONTEXT, mode = 'auto' as const, busy = 0 } = {},
): string[] {
  const models = {
    ...createFakeModelHost({ withGenerator }),
    load: () => ({ waiting: 0, running: 0, texts: busy, questions: 0 }),
  };
  const writing = {
    builtin: { template: TEMPLATE, answerTokens: 120 },
    large: second,
    timeoutMs: 1_000,
    regenerates: false,
  };
  const tokens = { countTokens: (text: string) => text.split(' ').length };
  return chooseWriters(asked, context, mode, { models, writing, tokens }).map(
    ({ name, why }) => `${name}: ${why}`,
  );
}

describe('chooseWriters', () => {
  it('leaves a plain question to the built-in generator', () => {
    expect(chosen(part(), large())).toEqual(['builtin: plain']);
    expect(chosen(part(), null)).toEqual(['builtin: plain']);
  });

  it('asks the larger one for what is complex, the built-in one behind it', () => {
    const followed = passage('returns', 0.9, 'See Returns');
    const hop = [{ ...part().sentences[0]!, passage: followed }];
    const much = [{ index: 1, text: 'word '.repeat(COMPLEXITY.evidenceTokens) }] as ContextPassage[];
    const near = [passage('a', 0.5), passage('b', 0.5 - COMPLEXITY.margin / 2)];
    expect(chosen(part({ share: 0.5 }), large())).toEqual(['large: parts', 'builtin: instead']);
    expect(chosen(part({ sentences: hop }), large())).toEqual(['large: hops', 'builtin: instead']);
    expect(chosen(part(), large(), { context: much })).toEqual(['large: evidence', 'builtin: instead']);
    expect(chosen(part({ ranked: near }), large())).toEqual(['large: margin', 'builtin: instead']);
  });

  it('passes over a larger one that is busy or not there, and says so', () => {
    const complex = part({ share: 0.5 });
    expect(chosen(complex, large('ready', 1))).toEqual(['builtin: large busy']);
    expect(chosen(complex, large('starting'))).toEqual(['builtin: large starting']);
    expect(chosen(complex, large('failed'))).toEqual(['builtin: large failed']);
  });

  it('asks the larger one for everything where there is no other', () => {
    expect(chosen(part(), large(), { withGenerator: false })).toEqual(['large: alone']);
    expect(chosen(part(), null, { withGenerator: false })).toEqual([]);
  });

  it('asks nobody who has no time', () => {
    expect(chosen(part(), large(), { busy: 1 })).toEqual([]);
    expect(chosen(part({ share: 0.5 }), large(), { busy: 1 })).toEqual(['large: parts']);
  });
});
