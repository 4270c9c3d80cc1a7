import type { Answer, RequestedMode } from './answer-types.ts';
import type { AnswerTools, Question } from './path-types.ts';

/** An earlier answer to the same question from the very same documents, or null. */
export async function findStoredAnswer(
  question: Question,
  mode: RequestedMode,
  tools: AnswerTools,
): Promise<Answer | null> {
  if (!tools.storedAnswers) return null;
  const { generation } = await tools.knowledge.counts();
  const stored = await tools.conversations.findStoredAnswer(await keyOf(question, mode, tools), generation);
  return stored === null ? null : (JSON.parse(stored) as Answer);
}

/** `generation` is that of the documents when they were read, so that a change meanwhile makes it stale. */
export async function storeAnswer(
  question: Question,
  mode: RequestedMode,
  generation: number,
  answer: Answer,
  tools: AnswerTools,
): Promise<void> {
  if (!tools.storedAnswers) return;
  await tools.conversations.storeAnswer(
    await keyOf(question, mode, tools),
    generation,
    JSON.stringify(answer),
  );
}

async function keyOf(
  question: Question,
  mode: RequestedMode,
  { live, knowledge }: AnswerTools,
): Promise<string> {
  const { at, ...rest } = question.filter;
  // What began or ceased to hold since then makes an answer another one.
  const since = at === undefined ? '' : await knowledge.validityChange(at);
  return `${mode}:${await live.catalogueVersion()}:${since}:${JSON.stringify(rest)}:${question.key}`;
}
