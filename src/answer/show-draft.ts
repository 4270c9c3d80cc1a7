import type { AnswerEvent, RequestedMode } from './answer-types.ts';
import { GENERATION } from './answer-settings.ts';
import { citeSentence } from './cite-sentence.ts';
import { buildPrompt, generateDraft, isRefusal } from './generate-draft.ts';
import { holdSentence } from './hold-sentence.ts';
import type { AnswerTools, ContextPassage, HeldSentence, Question } from './path-types.ts';
import type { Turn } from './turn.ts';

/**
 * Streams the generator's sentences that the evidence holds; returns them. The first sentence that is not
 * held ends the draft unless something held was shown before: then it is left out.
 */
export async function* showDraft(
  turn: Turn,
  question: Question,
  context: readonly ContextPassage[],
  mode: RequestedMode,
  tools: AnswerTools,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, HeldSentence[]> {
  const { generator } = tools.models;
  if (!generator || context.length === 0 || !mayGenerate(mode, tools)) return [];
  const shown: HeldSentence[] = [];
  const started = performance.now();
  let checking = 0;
  const prompt = buildPrompt(question.text, context, tools.shop().name);
  for await (const sentence of generateDraft(prompt, generator, { signal, timeoutMs: tools.generateTimeoutMs })) {
    if (isRefusal(sentence.text)) break;
    const before = performance.now();
    const held = holdSentence(sentence, context);
    checking += performance.now() - before;
    if (!held && shown.length === 0) break;
    if (!held || shown.some(({ text }) => text === held.text)) continue;
    shown.push(held);
    yield* turn.show(held.text, citeSentence(held));
  }
  turn.spend('verify', checking);
  turn.spend('generate', performance.now() - started - checking);
  return shown;
}

function mayGenerate(mode: RequestedMode, { models }: AnswerTools): boolean {
  if (mode === 'generated') return true;
  const { waiting, running } = models.load();
  return mode === 'auto' && waiting + running < GENERATION.busyAt;
}
