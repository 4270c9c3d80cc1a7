import type { AnswerEvent } from './answer-types.ts';
import { extractAnswer } from './extract-answer.ts';
import { generateDraft, type DraftEnd, type DraftSentence } from './generate-draft.ts';
import type { ContextPassage, HeldSentence, QuestionPart } from './path-types.ts';
import { recordDraft, type DraftRecord } from './record-draft.ts';
import { rewriteSentence } from './rewrite-sentence.ts';
import { isSaid } from './show-extract.ts';
import type { AnswerRun } from './turn.ts';
import { buildPrompt } from './writers/build-prompt.ts';
import type { ChosenWriter } from './writers/writer-types.ts';

export interface DraftTask {
  part: QuestionPart;
  writer: ChosenWriter;
  context: readonly ContextPassage[];
  /** Until when all drafts of the part must have ended, by performance.now(). */
  until: number;
}

type Taken = 'shown' | 'shown_again' | 'left_out' | 'refusal' | 'not_the_answer';

export interface Written {
  shown: readonly HeldSentence[];
  ended: DraftEnd | 'refusal' | 'not_the_answer';
}

/**
 * One writer's draft: each sentence is shown as soon as it is held. One that is not held is written once more where
 * that is switched on; else the document's own sentence takes its place where it comes near the answer, and it is
 * left out where it does not. The first sentence must also say what the reader found, else the draft ends: true, but
 * no answer.
 */
export async function* writeDraft(run: AnswerRun, task: DraftTask): AsyncGenerator<AnswerEvent, Written> {
  const { part, writer, context, until } = task;
  const prompt = buildPrompt(writer.template, part.text, context, run.tools.facts());
  const record = recordDraft(run, task, prompt);
  const draft = generateDraft(prompt, writer.generator, {
    signal: run.signal,
    maxTokens: writer.answerTokens,
    timeoutMs: until - performance.now(),
    patienceMs: writer.patienceMs,
    stop: writer.template.stop,
  });
  const stop = async (): Promise<void> => {
    await draft.return('complete');
  };
  let ended: Written['ended'] = 'complete';
  try {
    for (;;) {
      const step = await draft.next();
      if (step.done === true) {
        ended = step.value;
        break;
      }
      const taken = yield* takeSentence(step.value, { run, task, record, stop });
      if (taken === 'shown' || taken === 'left_out') continue;
      // After a first sentence that was written again, the rest of the draft would follow from the one that failed.
      if (taken !== 'shown_again') ended = taken;
      break;
    }
  } finally {
    await stop();
  }
  yield* record.close(ended);
  return { shown: record.shown, ended };
}

interface Taking {
  run: AnswerRun;
  task: DraftTask;
  record: DraftRecord;
  /** Ends the draft, so that the generator is free. */
  stop: () => Promise<void>;
}

async function* takeSentence(
  sentence: DraftSentence,
  { run, task, record, stop }: Taking,
): AsyncGenerator<AnswerEvent, Taken> {
  const { held, why } = await record.judge(sentence);
  if (held && why === 'shown') {
    yield* record.show(held);
    return 'shown';
  }
  if (why === 'refusal') return why;
  if (why !== 'not_held' && why !== 'not_the_answer') return 'left_out';
  const isFirst = record.shown.length === 0;
  if (record.mayRewrite()) {
    if (isFirst) await stop();
    const again = await rewriteSentence(sentence, run, task, isFirst);
    const judged = again && (await record.judge(again, true));
    if (judged?.held && judged.why === 'shown') {
      yield* record.show(judged.held);
      return isFirst ? 'shown_again' : 'shown';
    }
  }
  if (isFirst) return 'not_the_answer';
  const own = ownSentence(sentence, task, record.shown);
  if (own) yield* record.show(own);
  return 'left_out';
}

/** Of the passage that a failed sentence cites, the sentence that would be quoted as the answer; null when there is none. */
function ownSentence(
  { cited }: DraftSentence,
  { part, context }: DraftTask,
  shown: readonly HeldSentence[],
): HeldSentence | null {
  const chunks = context.filter(({ index }) => cited.includes(index)).map(({ passage }) => passage.chunk.id);
  const quotable = extractAnswer(part).filter(({ passage }) => chunks.includes(passage.chunk.id));
  return quotable.find((one) => !isSaid(one, shown)) ?? null;
}
