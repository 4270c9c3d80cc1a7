import { describe, expect, it } from 'vitest';
import type { Generator, GeneratorEvent } from '../inference/contracts.ts';
import { AnswerboxError } from '../errors.ts';
import {
  generateDraft,
  isRefusal,
  type DraftEnd,
  type DraftLimits,
  type DraftSentence,
} from './generate-draft.ts';

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
    maxTokens: 120,
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
      maxTokens: 120,
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

/** Says a text, then nothing more until it is cancelled: a generator that is too slow. */
function halting(text: string): Generator {
  return {
    identity: 'test',
    contextTokens: 2048,
    async *generate(_, { signal }) {
      yield { type: 'text', text };
      await new Promise((_resolve, reject) => {
        const fail = (): void => reject(new AnswerboxError('cancelled', {}, signal?.reason));
        if (signal?.aborted) fail();
        else signal?.addEventListener('abort', fail);
      });
    },
  };
}

async function drafted(
  generator: Generator,
  limits: Partial<DraftLimits> = {},
): Promise<{ sentences: string[]; end: DraftEnd }> {
  const draft = generateDraft({ system: '', user: '' }, generator, {
    signal: new AbortController().signal,
    maxTokens: 120,
    timeoutMs: 60_000,
    ...limits,
  });
  const sentences: string[] = [];
  for (;;) {
    const step = await draft.next();
    if (step.done === true) return { sentences, end: step.value };
    sentences.push(step.value.text);
  }
}

describe('the end of a draft', () => {
  it('is told, with what was complete by then', async () => {
    expect(await drafted(speaking('One. [1]', END))).toEqual({ sentences: ['One.'], end: 'complete' });
    expect(await drafted(speaking('One. [1] Tw', CUT))).toEqual({ sentences: ['One.'], end: 'token_limit' });
    for (const code of ['model_failed', 'overloaded', 'prompt_too_long'] as const)
      expect((await drafted(speaking('', new AnswerboxError(code)))).end).toBe('away');
  });

  it('is the time limit, or its patience with the first sentence', async () => {
    const whole = await drafted(halting('One. [1] Two'), { timeoutMs: 20, patienceMs: 1 });
    expect(whole).toEqual({ sentences: ['One.'], end: 'time_over' });
    const late = await drafted(halting('One'), { patienceMs: 5 });
    expect(late).toEqual({ sentences: [], end: 'too_slow' });
  });

  it('is a text of the template, which is not shown itself', async () => {
    const generator = speaking('One. [1]\nQuestion: And then? Two. [2]', END);
    expect(await drafted(generator, { stop: ['\nQuestion:'] })).toEqual({
      sentences: ['One.'],
      end: 'stop_text',
    });
  });

  it('fails when the asker has gone', async () => {
    const leaving = new AbortController();
    const draft = drafted(halting('One'), { signal: leaving.signal });
    leaving.abort();
    await expect(draft).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('isRefusal', () => {
  it.each(["I can't find that in our documents.", 'I cannot find that.', 'I’m sorry, I couldn’t find it.'])(
    'knows %s',
    (text) => {
      expect(isRefusal(text)).toBe(true);
    },
  );
  it('knows the words of its template', () => {
    expect(isRefusal('No such thing is known here. Sorry.', 'No such thing is known here.')).toBe(true);
  });
  it('does not take an answer for one', () => expect(isRefusal('You can find it in the store.')).toBe(false));
});
