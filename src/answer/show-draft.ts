import type { AnswerEvent, RequestedMode } from './answer-types.ts';
import { GENERATION } from './answer-settings.ts';
import { citeSentence } from './cite-sentence.ts';
import { buildPrompt, generateDraft, isRefusal } from './generate-draft.ts';
import { holdSentence } from './hold-sentence.ts';
import type { AnswerTools, ContextPassage, HeldSentence, QuestionPart } from './path-types.ts';
import { isSaid } from './show-extract.ts';
import type { AnswerRun } from './turn.ts';

/**
 * Streams the generator's sentences for this part that the evidence holds; returns them. The first sentence
 * must also say what the reader found, else the draft ends: true, but no answer. Later ones that fail are
 * left out.
 */
export async function* showDraft(
  { turn, mode, tools, signal }: AnswerRun,
  part: QuestionPart,
  context: readonly ContextPassage[],
): AsyncGenerator<AnswerEvent, HeldSentence[]> {
  const { generator, verifier } = tools.models;
  if (!generator || context.length === 0 || !mayGenerate(mode, tools)) return [];
  const shown: HeldSentence[] = [];
  const started = performance.now();
  let checking = 0;
  const prompt = buildPrompt(part.text, context, tools.shop().name);
  const draft = generateDraft(prompt, generator, { signal, timeoutMs: tools.generateTimeoutMs });
  for await (const sentence of draft) {
    if (isRefusal(sentence.text)) break;
    const before = performance.now();
    const held = await holdSentence(sentence, context, { verifier, tokens: tools.tokens, signal });
    checking += performance.now() - before;
    if (shown.length === 0 && !(held && answers(part, held))) break;
    if (!held || shown.some(({ text }) => text === held.text)) continue;
    shown.push(held);
    yield* turn.show(held.text, citeSentence(held));
  }
  yield turn.endStage('generate', performance.now() - started - checking);
  yield turn.endStage('verify', checking);
  return shown;
}

/** Does the sentence say what one of the reader's best sentences says? */
function answers(part: QuestionPart, held: HeldSentence): boolean {
  return part.sentences
    .slice(0, GENERATION.bestSentences)
    .some(({ text, passage, span }) => isSaid({ text, passage, evidence: span }, [held]));
}

function mayGenerate(mode: RequestedMode, { models }: AnswerTools): boolean {
  if (mode === 'generated') return true;
  const { waiting, running, texts } = models.load();
  // Behind another text it would wait for as long as that one takes, a program's minutes.
  return mode === 'auto' && texts === 0 && waiting + running < GENERATION.busyAt;
}
