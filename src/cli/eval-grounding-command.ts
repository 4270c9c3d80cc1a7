import type { Command } from 'commander';
import { groundingTable } from './grounding-table.ts';
import { runCommand } from './run-command.ts';

interface GroundingCommandOptions {
  pairs: string;
  limit?: number;
  out?: string;
  json?: boolean;
}

/** Prints a table on a terminal, else one JSON document. */
export function addEvalGroundingCommand(group: Command): void {
  group
    .command('grounding')
    .description('How well the checks tell held from unsupported statements.')
    .requiredOption(
      '--pairs <file>',
      'JSON Lines (.gz and .xz are read as they are): statement, evidence, held (true or false), kind and heading if you like',
    )
    .option('--limit <number>', 'the first so many pairs', Number)
    .option('--out <file>', 'a line a pair with what the check and the verifier said')
    .option('--json', 'one JSON document, also on a terminal')
    .addHelpText(
      'before',
      'Examples:\n  answerbox eval grounding --pairs pairs.jsonl\n  answerbox eval grounding --pairs pairs.jsonl.gz --json\n',
    )
    .action(({ pairs, limit, out, json }: GroundingCommandOptions) =>
      runCommand({ json: json === true }, async ({ config, terminal, signal }) => {
        const { evaluateGrounding } = await import('../evaluate/grounding.ts');
        const report = await evaluateGrounding({
          pairs,
          out,
          config,
          signal,
          ...(limit && { limit }),
          onProgress: (step, done, total) => terminal.progress(`${step} ${done} of ${total}`),
          onWarning: (message) => terminal.note(message),
        });
        terminal.clearProgress();
        if (json || !process.stdout.isTTY) terminal.json(report);
        else terminal.data(groundingTable(report));
      }),
    );
}
