import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { AnswerboxError } from '../errors.ts';
import { withBackend } from './with-backend.ts';

const POLL_MS = 300;

interface State {
  running: boolean;
  failure: string | null;
  last: { merged: number; erased: number; bytes_before: number; bytes_after: number; seconds: number } | null;
}

export function addMaintainCommand(program: Command): void {
  program
    .command('maintain')
    .description(
      'Upkeep of the indexes now: merges the keyword index, drops erased vectors, frees disk space.',
    )
    .option('--rewrite', 'write the database anew as well; nothing else goes on meanwhile')
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Examples:\n  answerbox maintain\n  answerbox maintain --rewrite --json\n')
    .action((options: { json?: boolean; rewrite?: boolean }) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        const body = { rewrite: options.rewrite ?? false };
        let state = await backend.call<State>('POST', '/api/v1/maintenance', body, signal);
        while (state.running) {
          terminal.progress('Upkeep …');
          await wait(POLL_MS);
          if (signal.aborted) throw new AnswerboxError('cancelled');
          state = await backend.call<State>('GET', '/api/v1/maintenance');
        }
        if (state.failure !== null || !state.last)
          throw new AnswerboxError('usage', {
            reason: `The upkeep failed: ${state.failure ?? 'nothing was done'}.`,
          });
        if (options.json) return terminal.json(state.last);
        const { merged, erased, bytes_before, bytes_after, seconds } = state.last;
        const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
        terminal.data(
          `keyword index: ${merged} pieces merged; vectors: ${erased} erased ones dropped; ` +
            `database: ${megabytes(bytes_before)} MB, now ${megabytes(bytes_after)} MB; ${seconds.toFixed(1)} s\n`,
        );
      }),
    );
}
