import { neutraliseCitations } from '../guard/neutralise-text.ts';
import type { GeneratorPrompt } from '../inference/contracts.ts';
import type { AnswerEvent } from './answer-types.ts';
import { citeSentence } from './cite-sentence.ts';
import type { DraftSentence } from './generate-draft.ts';
import { judgeSentence, type Judged } from './judge-sentence.ts';
import type { HeldSentence } from './path-types.ts';
import type { TracedDraft } from './trace/trace-types.ts';
import type { AnswerRun } from './turn.ts';
import type { DraftTask, Written } from './write-draft.ts';

/** What became of one draft: its sentences as they are judged and shown, its times, its trace. */
export interface DraftRecord {
  readonly shown: readonly HeldSentence[];
  /** @param again the sentence was written once more */
  judge(sentence: DraftSentence, again?: boolean): Promise<Judged>;
  show(held: HeldSentence): Iterable<AnswerEvent>;
  /** True once, where sentences may be written again: what fails twice is left to the documents. */
  mayRewrite(): boolean;
  close(ended: Written['ended']): Iterable<AnswerEvent>;
}

export function recordDraft(
  run: AnswerRun,
  { part, writer, context }: DraftTask,
  { system, user }: GeneratorPrompt,
): DraftRecord {
  const { turn, tools } = run;
  const started = performance.now();
  const shown: HeldSentence[] = [];
  let rewrites = tools.writing.regenerates ? 1 : 0;
  let checking = 0;
  const traced: TracedDraft = {
    writer: writer.name,
    generator: writer.generator.identity,
    chosen: writer.why,
    prompt: { system, user },
    milliseconds: 0,
    sentences: [],
    ended: null,
  };
  return {
    shown,
    judge: async (sentence, again = false) => {
      const before = performance.now();
      const input = { run, part, context, shown, refusal: writer.template.refusal };
      const judged = await judgeSentence(sentence, input);
      checking += performance.now() - before;
      const { why, checks } = judged;
      traced.sentences.push({
        ...sentence,
        shown: why === 'shown',
        why,
        checks,
        ...(again && { again: true }),
      });
      return judged;
    },
    show: (held) => {
      shown.push(held);
      return turn.show(neutraliseCitations(held.text), citeSentence(held));
    },
    mayRewrite: () => rewrites-- > 0,
    close: (ended) => {
      traced.ended = ended === 'complete' ? null : ended;
      traced.milliseconds = performance.now() - started;
      turn.trace.draft(part.text, traced);
      return [turn.endStage('generate', traced.milliseconds - checking), turn.endStage('verify', checking)];
    },
  };
}
