import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CONFIDENCE_FILE, type FittedConfidence } from '../answer/decide/fitted-confidence.ts';
import type { LabelledConfidence } from '../answer/decide/selective-threshold.ts';
import { loadConfig } from '../config.ts';
import { AnswerboxError } from '../errors.ts';
import type { EvaluationOptions } from './evaluation-types.ts';
import { fitModel, type ConfidenceFit } from './fit-model.ts';
import { labelQuestions, type LabelledQuestions } from './label-questions.ts';
import type { LabelledSignals } from './label-signals.ts';
import { reliabilityPlot } from './reliability-plot.ts';
import { replaceFile } from './replace-file.ts';

export interface FitReport extends ConfidenceFit {
  /** Questions of several parts, which cannot be labelled by part. */
  left_out: number;
  /** Where the fit was written to; null when it was not. */
  saved: string | null;
}

export interface FitOptions extends EvaluationOptions {
  /** Gets the signals and labels of each question, a JSON line each. */
  out?: string | undefined;
  /** Such lines of another collection of documents, to fit both together. */
  with?: string | undefined;
  /** Other collections, each with questions of its own, to fit all together. */
  more?: readonly { documents: readonly string[]; questions: string }[] | undefined;
  /** Gets the reliability diagram, an SVG. */
  plot?: string | undefined;
  /** Gets the fit; `true` is confidence.json in the data folder, which the next start reads. */
  save?: string | true | undefined;
}

/**
 * Fits the confidence model to labelled questions: what `answerbox eval fit` prints.
 * @throws evaluation_file_invalid, cancelled
 */
export async function evaluateFit(options: FitOptions): Promise<FitReport> {
  const own = await labelQuestions(options);
  if (options.out) await writeFile(options.out, own.rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const more: LabelledQuestions[] = [];
  for (const collection of options.more ?? [])
    more.push(await labelQuestions({ ...options, ...collection, limit: undefined }));
  const earlier = options.with ? await readRows(options.with) : [];
  const { fit, sample } = fitModel(own.rows, earlier, ...more.map(({ rows }) => rows));
  if (options.plot)
    await writeFile(options.plot, reliabilityPlot(fit.reliability, 'Confidence, cross-validated'));
  const saved = options.save === undefined ? null : savePath(options);
  if (saved !== null) await replaceFile(saved, `${JSON.stringify(asFile(fit, sample, own))}\n`);
  return { ...fit, left_out: [own, ...more].reduce((sum, { leftOut }) => sum + leftOut, 0), saved };
}

function savePath({ save, config }: FitOptions): string {
  if (typeof save === 'string') return resolve(save);
  return join(resolve((config ?? loadConfig().config).data_dir), CONFIDENCE_FILE);
}

function asFile(
  { questions, more_questions, model }: ConfidenceFit,
  sample: readonly LabelledConfidence[],
  { reader, embedder }: LabelledQuestions,
): FittedConfidence {
  const at = new Date().toISOString().slice(0, 10);
  return {
    schema: 2,
    name: `${at}, ${questions}${more_questions > 0 ? ` + ${more_questions}` : ''} questions`,
    reader,
    embedder,
    ...model,
    sample: sample.map(({ confidence, right, answerable, intent }) => [
      confidence,
      right,
      answerable,
      intent,
    ]),
  };
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
