import { CHECKING } from '../answer/answer-settings.ts';
import { modelsFolderOf } from '../composition/package-files.ts';
import { loadConfig, type Config } from '../config.ts';
import { AnswerboxError, throwIfCancelled } from '../errors.ts';
import type { Verifier } from '../inference/contracts.ts';
import { createModelHost } from '../inference/model-client.ts';
import { loadManifest } from '../inference/model-registry.ts';
import { GROUNDING_LINE, type GroundingPair, type ReportProgress } from './evaluation-types.ts';
import { judgePair, type PairJudgements } from './judge-grounding.ts';
import { openOutFile } from './open-out-file.ts';
import { readEvaluationFile } from './read-evaluation-file.ts';
import { reportJudge, type JudgeReport } from './report-grounding.ts';

export interface GroundingOptions {
  /** JSON Lines, also .gz or .xz. */
  pairs: string;
  /** The first so many pairs; all when left out. */
  limit?: number | undefined;
  /** File for a line a pair with what the judges said. */
  out?: string | undefined;
  config?: Config | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ReportProgress | undefined;
  onWarning?: ((message: string) => void) | undefined;
}

export interface GroundingReport {
  pairs: number;
  held: number;
  unsupported: number;
  /** Name and checksum of the weights; null when no verifier is installed. */
  verifier_model: string | null;
  /** Probability from which the verifier accepts a statement. */
  verifier_floor: number;
  /** Side by side; without a verifier the check alone. */
  judges: { check: JudgeReport; verifier: JudgeReport | null; both: JudgeReport | null };
}

/**
 * How well the checks tell held from unsupported statements, on labelled pairs, one pair at a time as in
 * the answer path. @throws evaluation_file_invalid, usage when `out` cannot be written, cancelled, model_*
 */
export async function evaluateGrounding(options: GroundingOptions): Promise<GroundingReport> {
  const { signal = new AbortController().signal, config = loadConfig().config } = options;
  const pairs = await readPairs(options.pairs, options.limit ?? Infinity, signal);
  const manifest = await loadManifest(modelsFolderOf(config));
  const host = createModelHost({ manifest, generator: 'none', threads: config.threads });
  try {
    await host.ready(signal);
    if (!host.verifier) options.onWarning?.('No verifier is installed: the check is measured alone.');
    const judged = await judgeAll(pairs, host.verifier, signal, options);
    return reportOf(judged, host.verifier);
  } finally {
    await host.close();
  }
}

async function readPairs(path: string, limit: number, signal: AbortSignal): Promise<GroundingPair[]> {
  const pairs: GroundingPair[] = [];
  for await (const { content } of readEvaluationFile(path, GROUNDING_LINE, signal)) {
    if (pairs.push(content) >= limit) break;
  }
  if (pairs.length > 0) return pairs;
  throw new AnswerboxError('evaluation_file_invalid', { path, line: 0, reason: 'it holds no pair' });
}

async function judgeAll(
  pairs: readonly GroundingPair[],
  verifier: Verifier | null,
  signal: AbortSignal,
  { out, onProgress }: GroundingOptions,
): Promise<PairJudgements[]> {
  const file = out === undefined ? null : await openOutFile(out);
  try {
    const judged: PairJudgements[] = [];
    for (const pair of pairs) {
      throwIfCancelled(signal);
      const one = await judgePair(pair, verifier, signal);
      judged.push(one);
      const said = { check: one.check.accepted, probability: one.verifier?.score ?? null };
      if (file) await file.write(`${JSON.stringify({ ...pair, ...said })}\n`);
      onProgress?.('Judging', judged.length, pairs.length);
    }
    return judged;
  } finally {
    await file?.close();
  }
}

function reportOf(judged: readonly PairJudgements[], verifier: Verifier | null): GroundingReport {
  const held = judged.filter(({ check }) => check.held).length;
  const report = (judge: 'verifier' | 'both'): JudgeReport | null =>
    verifier && reportJudge(judged.flatMap((one) => one[judge] ?? []));
  return {
    pairs: judged.length,
    held,
    unsupported: judged.length - held,
    verifier_model: verifier?.identity ?? null,
    verifier_floor: CHECKING.verifierFloor,
    judges: {
      check: reportJudge(judged.map(({ check }) => check)),
      verifier: report('verifier'),
      both: report('both'),
    },
  };
}
