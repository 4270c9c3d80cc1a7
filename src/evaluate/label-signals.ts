import { readSignals, type Signals } from '../answer/confidence.ts';
import { readParts, searchParts } from '../answer/find-parts.ts';
import type { AnswerTools } from '../answer/path-types.ts';
import { readIntent } from '../answer/read-intent.ts';
import { showExtract } from '../answer/show-extract.ts';
import { openTurn } from '../answer/turn.ts';
import type { App } from '../app.ts';
import { withoutMarks } from './answer-sentences.ts';
import type { EvaluationQuestion } from './evaluation-types.ts';
import type { EvaluationApp } from './open-evaluation-app.ts';
import { containsAnswer } from './squad-metrics.ts';
import { namesDocument } from './stored-documents.ts';

/** A question's signals, and whether the extractive answer would be right if it were shown. */
export interface LabelledSignals {
  signals: Signals;
  answerable: boolean;
  /** The answer contains a gold answer, whichever document it is from. */
  contains: boolean;
  /** It contains one, and cites a document that answers the question, where the question names any. */
  right: boolean;
  /** What it is about, by the intent heads; missing in lines that were written before it was read. */
  intent?: string | null;
}

/** The app's own, every question answered anew. */
export function answerToolsOf({ answerTools }: App): AnswerTools {
  return { ...answerTools, reuse: null, retrievals: null };
}

/**
 * The stages of answer.ts up to the extractive answer, without the threshold that is to be fitted. Null
 * for a question of several parts: each has its own confidence, but only the whole has a label.
 */
export async function labelSignals(
  { text, answers, answerable, docIds }: EvaluationQuestion,
  { docIdOf }: Pick<EvaluationApp, 'docIdOf'>,
  tools: AnswerTools,
  signal: AbortSignal,
): Promise<LabelledSignals | null> {
  const { turn, question } = await openTurn({ message: text }, tools);
  const { intent, vector } = await readIntent(question, tools, signal);
  const searched = await finish(searchParts(turn, question, vector, tools, signal));
  const parts = await finish(readParts(turn, question, searched, tools, signal));
  const [part] = parts;
  if (!part || parts.length > 1) return null;
  await finish(showExtract({ turn, tools }, part, []));
  const contains = answerable && answers.some((gold) => containsAnswer(withoutMarks(turn.text), gold));
  const fromGold =
    docIds.length === 0 || turn.citations.some(({ document_id: id }) => namesDocument(docIds, docIdOf(id)));
  return {
    signals: readSignals(part),
    answerable,
    contains,
    right: contains && fromGold,
    intent: intent?.intent ?? null,
  };
}

/** What a stage returns, its events passed over. */
async function finish<Result>(stage: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const step = await stage.next();
    if (step.done === true) return step.value;
  }
}
