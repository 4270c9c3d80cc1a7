import type { AnswerEvent } from './answer-types.ts';
import { budgetContext } from './budget-context.ts';
import type { ContextPassage, HeldSentence, QuestionPart } from './path-types.ts';
import type { AnswerRun } from './turn.ts';
import { writeDraft, type Written } from './write-draft.ts';
import { chooseWriters } from './writers/choose-writers.ts';
import type { ChosenWriter } from './writers/writer-types.ts';

/** Ends after which another writer is asked, as long as nothing was shown. */
const GAVE_UP: readonly string[] = ['away', 'too_slow'];

/**
 * Streams a generator's sentences for this part that the evidence holds; returns them. Complex parts are written by
 * the larger generator, where there is one; when it is busy, slow or dead, by the built-in one, within the same time.
 * When that is over, nothing more is drafted: the documents' own sentences follow.
 */
export async function* showDraft(
  run: AnswerRun,
  part: QuestionPart,
  context: readonly ContextPassage[],
): AsyncGenerator<AnswerEvent, readonly HeldSentence[]> {
  if (context.length === 0) return [];
  const { tools, mode } = run;
  const until = performance.now() + tools.writing.timeoutMs;
  let gaveUp: string | null = null;
  for (const chosen of chooseWriters(part, context, mode, tools)) {
    const writer: ChosenWriter = gaveUp === null ? chosen : { ...chosen, why: `large ${gaveUp}` };
    const own = writer.name === 'builtin' ? context : budgetContext(part, tools.tokens, writer.budget);
    const { shown, ended }: Written = yield* writeDraft(run, { part, writer, context: own, until });
    if (shown.length > 0 || !GAVE_UP.includes(ended)) return shown;
    gaveUp = ended;
  }
  return [];
}
