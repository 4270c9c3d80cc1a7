import { GENERATION } from './answer-settings.ts';
import { isRefusal, type DraftSentence } from './generate-draft.ts';
import { holdSentence } from './hold-sentence.ts';
import type { ContextPassage, HeldSentence, QuestionPart } from './path-types.ts';
import { isSaid } from './show-extract.ts';
import { takeUnchecked } from './take-unchecked.ts';
import type { TracedCheck } from './trace/trace-types.ts';
import type { AnswerRun } from './turn.ts';

export interface Judged {
  held: HeldSentence | null;
  /** `shown`, or why it is not. */
  why: 'shown' | 'refusal' | 'not_held' | 'not_the_answer' | 'said_already' | 'withheld';
  checks: TracedCheck[];
}

export interface JudgeInput {
  run: AnswerRun;
  part: QuestionPart;
  context: readonly ContextPassage[];
  shown: readonly HeldSentence[];
  /** What the template has the generator say when the passages do not hold the answer. */
  refusal: string;
}

/** May this drafted sentence be shown? The first one of a draft must also say what the reader found. */
export async function judgeSentence(
  sentence: DraftSentence,
  { run, part, context, shown, refusal }: JudgeInput,
): Promise<Judged> {
  const { models, tokens, unchecked, guard } = run.tools;
  const checks: TracedCheck[] = [];
  if (isRefusal(sentence.text, refusal)) return { held: null, why: 'refusal', checks };
  if (unchecked) return { held: takeUnchecked(sentence, context), why: 'shown', checks };
  const tools = { verifier: models.verifier, tokens, signal: run.signal };
  const held = await holdSentence(sentence, context, tools, (check) => checks.push(check));
  if (shown.length === 0 && !(held && answers(part, held))) return { held, why: 'not_the_answer', checks };
  if (!held) return { held, why: 'not_held', checks };
  if (shown.some(({ text }) => text === held.text)) return { held, why: 'said_already', checks };
  if (guard.whyWithheld(held.text, part.text) !== null) return { held, why: 'withheld', checks };
  return { held, why: 'shown', checks };
}

/** Does the sentence say what one of the reader's best sentences says? */
function answers(part: QuestionPart, held: HeldSentence): boolean {
  return part.sentences
    .slice(0, GENERATION.bestSentences)
    .some(({ text, passage, span }) => isSaid({ text, passage, evidence: span }, [held]));
}
