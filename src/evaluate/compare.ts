import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestedMode } from '../answer/answer-types.ts';
import { loadConfig } from '../config.ts';
import { AnswerboxError } from '../errors.ts';
import { evaluateAnswers } from './answers.ts';
import { compareAnswers, readScoredLines, type CompareReport, type ScoredLine } from './compare-answers.ts';
import type { ReportProgress } from './evaluation-types.ts';

export interface CompareOptions {
  /** Each a file of `eval answers --out`, or a configuration (.json) that the questions are asked with. */
  a: string;
  b: string;
  documents?: readonly string[] | undefined;
  questions?: string | undefined;
  mode?: RequestedMode | undefined;
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ReportProgress | undefined;
  onWarning?: ((message: string) => void) | undefined;
}

/**
 * Compares two runs of `eval answers`; what is a configuration is run first, on the same documents and questions.
 * @throws usage, evaluation_file_invalid, config_*, cancelled
 */
export async function evaluateCompare(options: CompareOptions): Promise<CompareReport> {
  const lines = [await linesOf(options.a, options), await linesOf(options.b, options)] as const;
  return compareAnswers({ name: options.a, lines: lines[0] }, { name: options.b, lines: lines[1] });
}

async function linesOf(path: string, options: CompareOptions): Promise<ScoredLine[]> {
  const { documents, questions, mode, limit, signal, onProgress, onWarning } = options;
  if (!path.endsWith('.json')) return readScoredLines(path, signal);
  if (!documents || !questions)
    throw new AnswerboxError('usage', {
      reason: `${path} is a configuration: say with --documents and --questions what to run it on.`,
    });
  // Variables would set the same in both, and hide what the files differ in.
  const { config } = loadConfig({ environment: {}, file: path });
  const folder = await mkdtemp(join(tmpdir(), 'answerbox-compare-'));
  try {
    const out = join(folder, 'answers.jsonl');
    await evaluateAnswers({ documents, questions, config, mode, limit, signal, onProgress, onWarning, out });
    return await readScoredLines(out, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
