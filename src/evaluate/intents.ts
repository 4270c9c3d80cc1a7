import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelsFolderOf } from '../composition/package-files.ts';
import type { Config } from '../config.ts';
import { AnswerboxError, throwIfCancelled } from '../errors.ts';
import { withEmbedder } from './with-embedder.ts';
import type { Embedder } from '../inference/contracts.ts';
import { checkExamples } from '../intents/check-examples.ts';
import { classifyOwnIntent } from '../intents/classify-own-intent.ts';
import { OUT_OF_SCOPE, type IntentExample, type OwnIntentModel } from '../intents/intents-types.ts';
import { loadOwnIntents, ownIntentsPath, saveOwnIntents } from '../intents/own-intents-file.ts';
import { trainOwnIntents } from '../intents/train-own-intents.ts';
import type { ReportProgress } from './evaluation-types.ts';
import { macroF1, type Prediction } from './intent-metrics.ts';
import { percentile, roundRate, roundTime, shareOf } from './percentiles.ts';
import { readUtterances } from './read-utterances.ts';

export interface IntentEvaluationOptions {
  train: string;
  test: string;
  config: Config;
  signal?: AbortSignal | undefined;
  onProgress?: ReportProgress | undefined;
  onWarning?: ((message: string) => void) | undefined;
}

/** Rates 0…1, null where the file has no such texts; a rejected in-scope text counts as wrong. */
export interface IntentReport {
  accuracy: number | null;
  macro_f1: number | null;
  in_scope_accuracy: number | null;
  oos_recall: number | null;
  /** Reading the examples with the embedder and fitting. */
  train_seconds: number;
  /** One text, after its embedding. */
  p50_ms: number | null;
}

/**
 * Trains on one file, in a folder of its own, and classifies the other: what `answerbox eval intents` prints.
 * @throws evaluation_file_invalid, intent_examples_invalid, cancelled
 */
export async function evaluateIntents(options: IntentEvaluationOptions): Promise<IntentReport> {
  const { train, test, config, signal, onProgress, onWarning } = options;
  const { examples, warnings } = checkExamples(train, await readUtterances(train, { signal }));
  const tested = await readUtterances(test, { signal });
  if (tested.length === 0)
    throw new AnswerboxError('evaluation_file_invalid', {
      path: test,
      line: 0,
      reason: 'it holds no utterance',
    });
  for (const warning of warnings) onWarning?.(warning);
  return withEmbedder(modelsFolderOf(config), config, signal, async (embedder) => {
    const started = performance.now();
    const trained = await trainOwnIntents(examples, { embedder, signal, onProgress });
    const trainSeconds = (performance.now() - started) / 1000;
    const model = await storedAndRead(trained, embedder);
    const { predictions, times } = await classifyAll(tested, model, embedder, options);
    return reportOf(predictions, times, trainSeconds);
  });
}

/** What is measured went through the file, as it does for the owner. */
async function storedAndRead(model: OwnIntentModel, embedder: Embedder): Promise<OwnIntentModel> {
  const folder = await mkdtemp(join(tmpdir(), 'answerbox-eval-'));
  try {
    const path = ownIntentsPath(folder);
    await saveOwnIntents(path, model);
    return (await loadOwnIntents(path, embedder.identity))!;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function classifyAll(
  tested: readonly IntentExample[],
  model: OwnIntentModel,
  embedder: Embedder,
  { signal, onProgress }: IntentEvaluationOptions,
): Promise<{ predictions: Prediction[]; times: number[] }> {
  const predictions: Prediction[] = [];
  const times: number[] = [];
  for (const { text, label } of tested) {
    throwIfCancelled(signal);
    const [vector] = await embedder.embed([text], signal ? { signal } : {});
    const started = performance.now();
    const { intent } = classifyOwnIntent(text, vector!, model);
    times.push(performance.now() - started);
    predictions.push({ expected: label, found: intent });
    onProgress?.('Classifying', predictions.length, tested.length);
  }
  return { predictions, times };
}

function reportOf(predictions: Prediction[], times: number[], trainSeconds: number): IntentReport {
  const right = ({ expected, found }: Prediction): boolean => expected === found;
  const outside = ({ expected }: Prediction): boolean => expected === OUT_OF_SCOPE;
  return {
    accuracy: roundRate(shareOf(predictions, right)),
    macro_f1: roundRate(macroF1(predictions)),
    in_scope_accuracy: roundRate(
      shareOf(
        predictions.filter((one) => !outside(one)),
        right,
      ),
    ),
    oos_recall: roundRate(shareOf(predictions.filter(outside), right)),
    train_seconds: Math.round(trainSeconds * 100) / 100,
    p50_ms: roundTime(percentile(times, 0.5)),
  };
}
