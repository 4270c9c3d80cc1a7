import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { WEB_FOLDER } from '../composition/package-files.ts';
import { AnswerboxError } from '../errors.ts';
import { EXIT_CODES } from './exit-codes.ts';

/** The measurements are a program of their own beside the pages: the product runs without them. */
const BENCH = join(WEB_FOLDER, '..', 'bench', 'main.js');

interface BenchOptions {
  quick?: boolean;
  json?: boolean;
  out?: string;
}

export function addBenchCommand(program: Command): void {
  program
    .command('bench')
    .description('Measures this machine: latency, scale, products, ingest, start, load, quality.')
    .argument('[name...]', 'what to measure; everything when nothing is named')
    .option('--quick', 'about two minutes: fewer questions, smaller sets')
    .option('--out <file>', 'also writes everything to this file, as JSON')
    .option('--json', 'one JSON document instead of tables')
    .addHelpText(
      'before',
      'Examples:\n  answerbox bench latency --quick\n  answerbox bench --json > bench.json\n',
    )
    .action(async (names: string[], options: BenchOptions) => {
      process.exitCode = await runBench(names, options);
    });
}

async function runBench(names: readonly string[], { quick, json, out }: BenchOptions): Promise<number> {
  if (json && out !== undefined)
    throw new AnswerboxError('usage', { reason: 'Give either --json or --out FILE.' });
  if (!existsSync(BENCH))
    throw new AnswerboxError('usage', {
      reason: 'The measurements are not built here. Run "npm run build" in the source folder.',
    });
  const file = json ? '-' : out;
  const words = [...names, ...(quick ? ['--quick'] : []), ...(file === undefined ? [] : ['--json', file])];
  const child = spawn(process.execPath, [BENCH, ...words], { stdio: 'inherit' });
  // Ctrl-C reaches both; this one waits for the other to stop cleanly.
  const wait = (): void => undefined;
  const end = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', wait).on('SIGTERM', end);
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  process.off('SIGINT', wait).off('SIGTERM', end);
  return code ?? (signal === 'SIGINT' ? EXIT_CODES.cancelled.code : EXIT_CODES.failed.code);
}
