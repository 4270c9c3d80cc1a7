import { passageText } from '../text/passage-text.ts';
import { GENERATION } from './answer-settings.ts';
import { generateDraft, type DraftSentence } from './generate-draft.ts';
import type { AnswerRun } from './turn.ts';
import type { DraftTask } from './write-draft.ts';
import { buildPrompt } from './writers/build-prompt.ts';

/**
 * A sentence that no passage holds, written once more from one passage alone: the reader's best sentence for the first
 * sentence of an answer, else what the failed one cites. Within the time that is left for the drafts of the part;
 * null when there is nothing to write from, or no time. @throws cancelled
 */
export async function rewriteSentence(
  failed: DraftSentence,
  { tools, signal }: AnswerRun,
  task: DraftTask,
  isFirst: boolean,
): Promise<DraftSentence | null> {
  const { writer, part, until } = task;
  const source = isFirst ? bestSource(task) : task.context.find(({ index }) => failed.cited.includes(index));
  const timeoutMs = until - performance.now();
  if (!source || timeoutMs <= 0) return null;
  const prompt = buildPrompt(writer.template, part.text, [{ index: 1, text: source.text }], tools.facts());
  const draft = generateDraft(prompt, writer.generator, {
    signal,
    timeoutMs,
    maxTokens: Math.min(GENERATION.againTokens, writer.answerTokens),
    stop: writer.template.stop,
  });
  try {
    const first = await draft.next();
    return first.done === true ? null : { text: first.value.text, cited: [source.index] };
  } finally {
    await draft.return('complete');
  }
}

function bestSource({ part, context }: DraftTask): { index: number; text: string } | null {
  const [best] = part.sentences;
  const held = context.find(({ passage }) => passage.chunk.id === best?.passage.chunk.id);
  if (!best || !held) return null;
  const { headingPath } = best.passage.chunk;
  return { index: held.index, text: passageText({ headingPath, text: best.text }) };
}
