import type { ModelHost, TokenCounter } from '../../inference/contracts.ts';
import type { RequestedMode } from '../answer-types.ts';
import { CONTEXT, GENERATION, LARGE_CONTEXT } from '../answer-settings.ts';
import { complexityOf, ruleFor } from './writer-rules.ts';
import type { ContextPassage, QuestionPart } from '../path-types.ts';
import { stepsOf } from '../how-to.ts';
import type { ChosenWriter, LargeWriter, Writing } from './writer-types.ts';

interface WriterTools {
  models: Pick<ModelHost, 'generator' | 'load'>;
  writing: Writing;
  tokens: TokenCounter;
}

/**
 * Who may write this part's draft, in the order in which they are asked: the larger generator for what is complex
 * (WRITER_RULES), behind it or alone the built-in one. Empty: nobody has time, so the documents' sentences are shown.
 */
export function chooseWriters(
  part: QuestionPart,
  context: readonly ContextPassage[],
  mode: RequestedMode,
  { models, writing, tokens }: WriterTools,
): ChosenWriter[] {
  if (mode === 'extractive') return [];
  const evidence = context.reduce((sum, { text }) => sum + tokens.countTokens(text), 0);
  const rule = models.generator ? ruleFor(complexityOf(part, evidence)) : 'alone';
  const { large } = writing;
  const hindered = large && rule !== null ? whyNotLarge(large) : null;
  const writers: ChosenWriter[] = [];
  if (large && rule !== null && hindered === null) writers.push(largeWriter(large, rule));
  // Steps are quoted whole and in their order; a small generator leaves some out.
  const quoted = mode === 'auto' && stepsOf(part).length > 0;
  if (models.generator && !quoted && hasTime(mode, models)) {
    const { generator } = models;
    const why = writers.length > 0 ? 'instead' : hindered === null ? 'plain' : `large ${hindered}`;
    const budget = CONTEXT;
    writers.push({ name: 'builtin', generator, ...writing.builtin, budget, patienceMs: null, why });
  }
  return writers;
}

function largeWriter(large: LargeWriter, why: string): ChosenWriter {
  const { generator, template, answerTokens, patienceMs } = large;
  const room = Math.floor((generator.contextTokens - answerTokens) * LARGE_CONTEXT.share);
  const budget = { ...LARGE_CONTEXT, maxTokens: Math.min(LARGE_CONTEXT.maxTokens, room) };
  return { name: 'large', generator, template, answerTokens, patienceMs, budget, why };
}

function whyNotLarge(large: LargeWriter): string | null {
  const { state } = large.health();
  if (state !== 'ready') return state;
  return large.texts() > 0 ? 'busy' : null;
}

function hasTime(mode: RequestedMode, models: WriterTools['models']): boolean {
  if (mode === 'generated') return true;
  const { questions, texts } = models.load();
  // Behind another text it would wait for as long as that one takes, a program's minutes.
  return texts === 0 && questions < GENERATION.busyAt;
}
