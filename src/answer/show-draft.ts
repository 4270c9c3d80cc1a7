import type { AnswerEvent, RequestedMode } from './answer-types.ts';
import { GENERATION } from './answer-settings.ts';
import { neutraliseCitations } from '../guard/neutralise-text.ts';
import { citeSentence } from './cite-sentence.ts';
import { buildPrompt, generateDraft, isRefusal, type DraftSentence } from './generate-draft.ts';
import { holdSentence } from './hold-sentence.ts';
import type { AnswerTools, ContextPassage, HeldSentence, QuestionPart } from './path-types.ts';
import { isSaid } from './show-extract.ts';
import type { TracedCheck, TracedDraft } from './trace/trace-types.ts';
import { takeUnchecked } from './take-unchecked.ts';
import type { AnswerRun } from './turn.ts';

/**
 * Streams the generator's sentences for this part that the evidence holds; returns them. The first sentence
 * must also say what the reader found, else the draft ends: true, but no answer. Later ones that fail are
 * left out.
 */
export async function* showDraft(
  run: AnswerRun,
  part: QuestionPart,
  context: readonly ContextPassage[],
): AsyncGenerator<AnswerEvent, HeldSentence[]> {
  const { turn, mode, tools, signal } = run;
  const { generator } = tools.models;
  if (!generator || context.length === 0 || !mayGenerate(mode, tools)) return [];
  const shown: HeldSentence[] = [];
  const started = performance.now();
  let checking = 0;
  const prompt = buildPrompt(part.text, context, tools.shop().name);
  const traced: TracedDraft = { prompt, milliseconds: 0, sentences: [], ended: null };
  const draft = generateDraft(prompt, generator, { signal, timeoutMs: tools.generateTimeoutMs });
  for await (const sentence of draft) {
    const before = performance.now();
    const { held, why, checks } = await judge(sentence, { run, part, context, shown });
    checking += performance.now() - before;
    traced.sentences.push({ ...sentence, shown: why === 'shown', why, checks });
    if (why === 'refusal' || why === 'not_the_answer') {
      traced.ended = why;
      break;
    }
    if (!held || why !== 'shown') continue;
    shown.push(held);
    yield* turn.show(neutraliseCitations(held.text), citeSentence(held));
  }
  traced.milliseconds = performance.now() - started;
  turn.trace.draft(part.text, traced);
  yield turn.endStage('generate', traced.milliseconds - checking);
  yield turn.endStage('verify', checking);
  return shown;
}

interface Judged {
  held: HeldSentence | null;
  /** `shown`, or why it is not. */
  why: 'shown' | 'refusal' | 'not_held' | 'not_the_answer' | 'said_already' | 'withheld';
  checks: TracedCheck[];
}

async function judge(
  sentence: DraftSentence,
  given: {
    run: AnswerRun;
    part: QuestionPart;
    context: readonly ContextPassage[];
    shown: readonly HeldSentence[];
  },
): Promise<Judged> {
  const { run, part, context, shown } = given;
  const { models, tokens, unchecked } = run.tools;
  const checks: TracedCheck[] = [];
  if (isRefusal(sentence.text)) return { held: null, why: 'refusal', checks };
  if (unchecked) return { held: takeUnchecked(sentence, context), why: 'shown', checks };
  const tools = { verifier: models.verifier, tokens, signal: run.signal };
  const held = await holdSentence(sentence, context, tools, (check) => checks.push(check));
  if (shown.length === 0 && !(held && answers(part, held))) return { held, why: 'not_the_answer', checks };
  if (!held) return { held, why: 'not_held', checks };
  if (shown.some(({ text }) => text === held.text)) return { held, why: 'said_already', checks };
  if (run.tools.guard.whyWithheld(held.text, part.text) !== null) return { held, why: 'withheld', checks };
  return { held, why: 'shown', checks };
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
