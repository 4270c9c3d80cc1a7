import { confidenceOf } from '../answer/confidence.ts';
import { previewSettings, type Preview } from '../answer/decide/preview-settings.ts';
import type { EvaluationOptions } from './evaluation-types.ts';
import { labelQuestions } from './label-questions.ts';

export interface PreviewReport extends Preview {
  /** Name of the fit whose confidences these are. */
  confidence: string;
  /** Questions of several parts, which cannot be labelled by part. */
  left_out: number;
}

export interface PreviewOptions extends EvaluationOptions {
  /** Settings of `most_wrong_answers` to show; a row of usual ones when left out. */
  rates?: readonly number[] | undefined;
}

/**
 * What each setting of the owner's error rate would do with labelled questions, by the fit that is in use.
 * @throws evaluation_file_invalid, cancelled
 */
export async function evaluatePreview(options: PreviewOptions): Promise<PreviewReport> {
  const { rows, leftOut, fitted } = await labelQuestions(options);
  const sample = rows.map(({ signals, right, answerable, intent }) => ({
    confidence: confidenceOf(signals, fitted),
    right,
    answerable,
    intent: intent ?? null,
  }));
  const preview = previewSettings(sample, fitted, {
    caveats: options.config?.answers_with_caveat ?? true,
    ...(options.rates && { rates: options.rates }),
  });
  return { confidence: fitted.name, left_out: leftOut, ...preview };
}
