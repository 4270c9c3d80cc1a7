import { describe, expect, it } from 'vitest';
import type { Generator, GeneratorEvent } from '../inference/contracts.ts';
import { AnswerboxError } from '../errors.ts';
import { buildPrompt, generateDraft, isRefusal, type DraftSentence } from './generate-draft.ts';
import type { ContextPassage } from './path-types.ts';

/** The model's side of the contract, one character an event: the worst case for finding sentence ends. */
function speaking(text: string, last: GeneratorEvent | Error): Generator {
  return {
    identity: 'test',
    contextTokens: 2048,
    async *generate() {
      for (const character of text) yield await Promise.resolve({ type: 'text' as const, text: character });
      if (last instanceof Error) throw last;
      yield last;
    },
  };
}
const END: GeneratorEvent = { type: 'end', stopReason: 'end', promptTokens: 1, generatedTokens: 1 };
const CUT: GeneratorEvent = { ...END, stopReason: 'max_tokens' };

async function sentencesOf(text: string, last: GeneratorEvent | Error = END): Promise<DraftSentence[]> {
  const sentences: DraftSentence[] = [];
  const draft = generateDraft({ system: '', user: '' }, speaking(text, last), {
    signal: new AbortController().signal,
    timeoutMs: 60_000,
  });
  for await (const sentence of draft) sentences.push(sentence);
  return sentences;
}

describe('generateDraft', () => {
  it('cuts at the first citation mark of each sentence', async () => {
    expect(await sentencesOf('Boots cost €59.50. [1] They ship in 2 days. [2] [3] Or not.')).toEqual([
      { text: 'Boots cost €59.50.', cited: [1] },
      { text: 'They ship in 2 days.', cited: [2] },
      { text: 'Or not.', cited: [] },
    ]);
  });

  it('hands a sentence on before the model has ended', async () => {
    const seen: string[] = [];
    const generator = speaking('Boots cost €59. [1]', END);
    const watched: Generator = {
      ...generator,
      async *generate(prompt, options) {
        for await (const event of generator.generate(prompt, options)) {
          seen.push(event.type);
          yield event;
        }
      },
    };
    const draft = generateDraft({ system: '', user: '' }, watched, {
      signal: new AbortController().signal,
      timeoutMs: 60_000,
    });
    expect((await draft.next()).value).toEqual({ text: 'Boots cost €59.', cited: [1] });
    expect(seen).not.toContain('end');
  });

  it('takes a mark before the full stop', async () => {
    expect(await sentencesOf('Boots cost €59 [1]. They ship [2].')).toEqual([
      { text: 'Boots cost €59.', cited: [1] },
      { text: 'They ship.', cited: [2] },
    ]);
  });

  it('keeps a sentence without a mark', async () => {
    expect(await sentencesOf('Boots cost €59.')).toEqual([{ text: 'Boots cost €59.', cited: [] }]);
  });

  it('drops a sentence that the token limit cut off', async () => {
    expect(await sentencesOf('Boots cost €59. [1] They ship in', CUT)).toEqual([
      { text: 'Boots cost €59.', cited: [1] },
    ]);
  });

  it('ends with what was complete when the model goes away', async () => {
    const gone = new AnswerboxError('model_failed', { reason: 'SIGKILL' });
    expect(await sentencesOf('Boots cost €59. [1] They', gone)).toEqual([
      { text: 'Boots cost €59.', cited: [1] },
    ]);
  });

  it('passes on any other failure', async () => {
    await expect(sentencesOf('Boots', new Error('unforeseen'))).rejects.toThrow('unforeseen');
  });
});

describe('buildPrompt', () => {
  it('numbers passages and keeps their text from passing for a mark', () => {
    const context = [{ index: 1, text: 'Fees [2]: €3' }] as ContextPassage[];
    expect(buildPrompt('How much?', context, 'Moor').user).toBe('[1] Fees (2): €3\n\nQuestion: How much?');
  });
});

describe('isRefusal', () => {
  it.each(["I can't find that in our documents.", 'I cannot find that.', 'I’m sorry, I couldn’t find it.'])(
    'knows %s',
    (text) => {
      expect(isRefusal(text)).toBe(true);
    },
  );
  it('does not take an answer for one', () => expect(isRefusal('You can find it in the store.')).toBe(false));
});
