import type { FittedConfidence } from '../answer/decide/fitted-confidence.ts';
import { throwIfCancelled } from '../errors.ts';
import type { EvaluationOptions, EvaluationQuestion } from './evaluation-types.ts';
import { answerToolsOf, labelSignals, type LabelledSignals } from './label-signals.ts';
import { withEvaluationApp } from './open-evaluation-app.ts';
import { readQuestions } from './read-questions.ts';

export interface LabelledQuestions {
  rows: LabelledSignals[];
  /** Questions of several parts, which cannot be labelled by part. */
  leftOut: number;
  /** Identities of the models that read them. */
  reader: string;
  embedder: string;
  /** The fit that answers are given with now. */
  fitted: FittedConfidence;
}

/** Reads every question that has a gold answer, or none by right. @throws evaluation_file_invalid, cancelled */
export async function labelQuestions(options: EvaluationOptions): Promise<LabelledQuestions> {
  const { limit, onProgress, signal = new AbortController().signal } = options;
  const keep = ({ answerable, answers }: EvaluationQuestion): boolean => !answerable || answers.length > 0;
  const questions = await readQuestions(options.questions, { limit, signal, keep });
  return withEvaluationApp(options, async (evaluation) => {
    const { app } = evaluation;
    const tools = answerToolsOf(app);
    const rows: LabelledSignals[] = [];
    for (const [index, question] of questions.entries()) {
      throwIfCancelled(signal);
      const row = await labelSignals(question, evaluation, tools, signal);
      if (row) rows.push(row);
      onProgress?.('Reading', index + 1, questions.length);
    }
    const { reader, embedder } = app.models;
    return {
      rows,
      leftOut: questions.length - rows.length,
      reader: reader.identity,
      embedder: embedder.identity,
      fitted: app.fitted,
    };
  });
}
