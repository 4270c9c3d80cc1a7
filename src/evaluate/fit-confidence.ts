import { throwIfCancelled } from '../errors.ts';
import type { EvaluationOptions, EvaluationQuestion } from './evaluation-types.ts';
import { fitModel, type ConfidenceFit } from './fit-model.ts';
import { answerToolsOf, labelSignals, type LabelledSignals } from './label-signals.ts';
import { withEvaluationApp } from './open-evaluation-app.ts';
import { readQuestions } from './read-questions.ts';

export interface FitReport extends ConfidenceFit {
  /** Questions of several parts, which cannot be labelled by part. */
  left_out: number;
}

/**
 * Fits the confidence model to labelled questions: what `answerbox eval fit` prints.
 * @throws evaluation_file_invalid, cancelled
 */
export async function evaluateFit(options: EvaluationOptions): Promise<FitReport> {
  const { limit, onProgress, signal = new AbortController().signal } = options;
  const keep = ({ answerable, answers }: EvaluationQuestion): boolean => !answerable || answers.length > 0;
  const questions = await readQuestions(options.questions, { limit, signal, keep });
  return withEvaluationApp(options, async (evaluation) => {
    const tools = answerToolsOf(evaluation.app);
    const rows: LabelledSignals[] = [];
    for (const [index, question] of questions.entries()) {
      throwIfCancelled(signal);
      const row = await labelSignals(question, evaluation, tools, signal);
      if (row) rows.push(row);
      onProgress?.('Reading', index + 1, questions.length);
    }
    return { ...fitModel(rows), left_out: questions.length - rows.length };
  });
}
