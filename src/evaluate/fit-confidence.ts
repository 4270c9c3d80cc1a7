import { readFile, writeFile } from 'node:fs/promises';
import { AnswerboxError, throwIfCancelled } from '../errors.ts';
import type { EvaluationOptions, EvaluationQuestion } from './evaluation-types.ts';
import { fitModel, type ConfidenceFit } from './fit-model.ts';
import { answerToolsOf, labelSignals, type LabelledSignals } from './label-signals.ts';
import { withEvaluationApp } from './open-evaluation-app.ts';
import { readQuestions } from './read-questions.ts';
import { reliabilityPlot } from './reliability-plot.ts';

export interface FitReport extends ConfidenceFit {
  /** Questions of several parts, which cannot be labelled by part. */
  left_out: number;
}

export interface FitOptions extends EvaluationOptions {
  /** Gets the signals and labels of each question, a JSON line each. */
  out?: string;
  /** Such lines of another collection of documents, to fit both together. */
  with?: string;
  /** Gets the reliability diagram, an SVG. */
  plot?: string;
}

/**
 * Fits the confidence model to labelled questions: what `answerbox eval fit` prints.
 * @throws evaluation_file_invalid, cancelled
 */
export async function evaluateFit(options: FitOptions): Promise<FitReport> {
  const { limit, onProgress, signal = new AbortController().signal } = options;
  const others = options.with ? await readRows(options.with) : [];
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
    if (options.out) await writeFile(options.out, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const fit = fitModel(rows, others);
    if (options.plot)
      await writeFile(options.plot, reliabilityPlot(fit.reliability, 'Confidence, cross-validated'));
    return { ...fit, left_out: questions.length - rows.length };
  });
}

async function readRows(file: string): Promise<LabelledSignals[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as LabelledSignals];
    } catch (error) {
      throw new AnswerboxError(
        'evaluation_file_invalid',
        { path: file, line: index + 1, reason: 'it is not JSON' },
        error,
      );
    }
  });
}
