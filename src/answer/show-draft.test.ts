import { describe, expect, it } from 'vitest';
import { AnswerboxError } from '../errors.ts';
import type { Generator, GeneratorPrompt } from '../inference/contracts.ts';
import { createFakeModelHost } from '../inference/fakes.ts';
import { splitPassage } from '../text/split-passage.ts';
import { testGuard } from '../testing/test-guard.ts';
import type {
  AnswerTools,
  ContextPassage,
  QuestionPart,
  RankedPassage,
  ScoredSentence,
} from './path-types.ts';
import { showDraft } from './show-draft.ts';
import { createTurn, type AnswerRun } from './turn.ts';
import type { TracedDraft } from './trace/trace-types.ts';
import { readPromptTemplate } from './writers/read-prompt-template.ts';
import type { LargeWriter } from './writers/writer-types.ts';

const RETURNS = passage(1, 'Returns', 'Boots can go back within 60 days. Socks can go back within 30 days.');
const COSTS = passage(2, 'Costs', 'Sending boots back costs €4.50. A label is in the box.');
const CONTEXT: ContextPassage[] = [RETURNS, COSTS].map((one, index) => ({
  index: index + 1,
  passage: one,
  chosen: one.sentences,
  text: `${one.chunk.headingPath}: ${one.chunk.text}`,
}));
const TEMPLATE = await readPromptTemplate('numbered-passages', ['data/prompts']);

function passage(id: number, headingPath: string, text: string): RankedPassage {
  const chunk = {
    id,
    documentId: headingPath,
    title: headingPath,
    headingPath,
    text,
    start: 0,
    end: text.length,
  };
  return {
    chunk: { ...chunk, url: null },
    sentences: splitPassage(text),
    reading: { span: null },
    fused: { rank: id, score: 1 / id },
  } as unknown as RankedPassage;
}

function sentence(of: RankedPassage, index: number, score: number): ScoredSentence {
  const span = of.sentences[index]!;
  return {
    passage: of,
    index,
    span,
    score,
    text: of.chunk.text.slice(span.start, span.end),
  } as ScoredSentence;
}

/** A question with these parts in all; the reader takes the sentence on boots for its answer. */
function part(parts = 1): QuestionPart {
  const sentences = [sentence(RETURNS, 0, 20), sentence(COSTS, 0, 15)];
  return { text: 'How long?', share: 1 / parts, ranked: [RETURNS, COSTS], sentences };
}

/** Said instead of a text: nothing, until the generator is stopped. */
const NOTHING = 'nothing';
type Say = string | Error;

/** Says one text after the other, one a prompt, and keeps the prompts. */
function saying(identity: string, ...texts: Say[]): Generator & { prompts: GeneratorPrompt[] } {
  const prompts: GeneratorPrompt[] = [];
  return {
    identity,
    contextTokens: 2_048,
    prompts,
    async *generate(prompt, { signal }) {
      prompts.push(prompt);
      const said = texts.shift() ?? new Error(`${identity} was asked once too often`);
      if (said instanceof Error) throw said;
      if (said === NOTHING)
        await new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new AnswerboxError('cancelled')), { once: true });
        });
      yield { type: 'text', text: said };
      yield { type: 'end', stopReason: 'end', promptTokens: 1, generatedTokens: 1 };
    },
  };
}

function large(generator: Generator): LargeWriter {
  return {
    generator,
    template: TEMPLATE,
    answerTokens: 300,
    patienceMs: 5,
    health: () => ({ state: 'ready' }),
    texts: () => 0,
    processId: () => null,
  };
}

async function draft(
  builtin: Generator,
  { asked = part(), second = null as Generator | null, regenerates = false, timeoutMs = 60_000 } = {},
): Promise<{ text: string; drafts: TracedDraft[] }> {
  const models = { ...createFakeModelHost({ withVerifier: false }), generator: builtin };
  const tools = {
    models,
    writing: {
      builtin: { template: TEMPLATE, answerTokens: 120 },
      large: second && large(second),
      timeoutMs,
      regenerates,
    },
    tokens: { countTokens: (text: string) => text.split(' ').length },
    guard: testGuard(),
    facts: () => ({ name: 'Moor', email: null, phone: null, url: null, hours: '', text: '' }),
  } as unknown as AnswerTools;
  const turn = createTurn('c', performance.now());
  const run: AnswerRun = { turn, mode: 'auto', tools, signal: new AbortController().signal };
  const events = showDraft(run, asked, CONTEXT);
  while ((await events.next()).done !== true);
  return { text: turn.text, drafts: turn.trace.gathered().parts[0]?.drafts ?? [] };
}

const HELD = 'Boots can go back within 60 days. [1]';

describe('showDraft', () => {
  it('shows what is held, and says who wrote it', async () => {
    const { text, drafts } = await draft(saying('small@1', HELD));
    expect(text).toBe(HELD);
    expect(drafts).toMatchObject([
      { writer: 'builtin', generator: 'small@1', chosen: 'plain', ended: null, sentences: [{ shown: true }] },
    ]);
  });

  it('asks the larger generator for one of two things, with more evidence', async () => {
    const second = saying('big@1', HELD);
    const { text, drafts } = await draft(saying('small@1'), { asked: part(2), second });
    expect(text).toBe(HELD);
    expect(drafts).toMatchObject([{ writer: 'large', generator: 'big@1', chosen: 'parts' }]);
    expect(second.prompts[0]!.user).toContain('€4.50');
  });

  it.each([
    ['dead', new AnswerboxError('model_failed', { reason: 'SIGKILL' }), 'away'],
    ['slow', NOTHING, 'too_slow'],
    ['short of room', new AnswerboxError('prompt_too_long'), 'away'],
  ] as const)('falls back to the built-in one when the larger one is %s', async (_, said, why) => {
    const { text, drafts } = await draft(saying('small@1', HELD), {
      asked: part(2),
      second: saying('big@1', said),
    });
    expect(text).toBe(HELD);
    expect(drafts).toMatchObject([
      { writer: 'large', ended: why, sentences: [] },
      { writer: 'builtin', chosen: `large ${why}`, ended: null },
    ]);
  });

  it('drafts nothing more when the time is over, and says so', async () => {
    const { text, drafts } = await draft(saying('small@1', NOTHING), { timeoutMs: 5 });
    expect(text).toBe('');
    expect(drafts).toMatchObject([{ ended: 'time_over', sentences: [] }]);
  });

  it('leaves a first sentence that is not held to the documents', async () => {
    const { text, drafts } = await draft(saying('small@1', 'Boots can go back within 90 days. [1]'));
    expect(text).toBe('');
    expect(drafts).toMatchObject([{ ended: 'not_the_answer' }]);
  });

  it('writes it once more, from the best sentence alone, where that is switched on', async () => {
    const wrong = 'Boots can go back within 90 days. [2]';
    const generator = saying('small@1', wrong, HELD);
    const { text, drafts } = await draft(generator, { regenerates: true });
    expect(text).toBe(HELD);
    expect(generator.prompts[1]!.user).toBe(
      '[1] Returns: Boots can go back within 60 days.\n\nQuestion: How long?',
    );
    expect(drafts[0]!.sentences).toMatchObject([
      { shown: false, why: 'not_the_answer' },
      { shown: true, again: true },
    ]);
    const twice = saying('small@1', wrong, wrong);
    expect((await draft(twice, { regenerates: true })).text).toBe('');
    expect(twice.prompts).toHaveLength(2);
  });

  it('puts the document’s own sentence in the place of a later one that is not held', async () => {
    const { text } = await draft(saying('small@1', `${HELD} Sending boots back costs €5. [2]`));
    expect(text).toBe(`${HELD} Sending boots back costs €4.50. [2]`);
    const elsewhere = await draft(saying('small@1', `${HELD} Socks can go back within 90 days. [1]`));
    expect(elsewhere.text).toBe(HELD);
  });
});
