import type { Command } from 'commander';
import type { RequestedMode } from '../answer/answer-types.ts';
import { compareTable } from './compare-table.ts';
import { runCommand } from './run-command.ts';

interface CompareCommandOptions {
  documents?: string[];
  questions?: string;
  mode: RequestedMode;
  limit?: number;
  json?: boolean;
}

/** Prints a table on a terminal, else one JSON document. */
export function addEvalCompareCommand(group: Command): void {
  group
    .command('compare')
    .description(
      'Two runs on the same questions: which differences are beyond chance, which questions changed.',
    )
    .argument('<a>', 'a file of "eval answers --out", or a configuration file (.json) to run')
    .argument('<b>', 'the same')
    .option('--documents <file...>', 'for configurations: JSON Lines or a folder')
    .option('--questions <file>', 'for configurations: JSON Lines')
    .option('--mode <mode>', 'for configurations: auto, extractive or generated', 'auto')
    .option('--limit <number>', 'for configurations: the first so many questions', Number)
    .option('--json', 'one JSON document, also on a terminal')
    .addHelpText(
      'before',
      'Examples:\n  answerbox eval compare before.jsonl after.jsonl\n  answerbox eval compare one.json two.json --documents docs.jsonl --questions questions.jsonl\n',
    )
    .action((a: string, b: string, options: CompareCommandOptions) =>
      runCommand({ json: options.json === true }, async ({ terminal, signal }) => {
        const { documents, questions, mode, limit, json } = options;
        const { evaluateCompare } = await import('../evaluate/compare.ts');
        const report = await evaluateCompare({
          a,
          b,
          documents,
          questions,
          mode,
          limit,
          signal,
          onProgress: (step, done, total) => terminal.progress(`${step} ${done} of ${total}`),
          onWarning: (message) => terminal.note(message),
        });
        terminal.clearProgress();
        if (json || !process.stdout.isTTY) terminal.json(report);
        else terminal.data(compareTable(report));
      }),
    );
}
