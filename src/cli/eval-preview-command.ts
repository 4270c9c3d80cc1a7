import type { Command } from 'commander';
import { AnswerboxError } from '../errors.ts';
import { previewTable } from './preview-table.ts';
import { runCommand } from './run-command.ts';

interface PreviewCommandOptions {
  documents?: string[];
  questions: string;
  limit?: number;
  rates?: string[];
  json?: boolean;
}

/** Prints a table on a terminal, else one JSON document. */
export function addEvalPreviewCommand(group: Command): void {
  group
    .command('preview')
    .description('What each setting of most_wrong_answers does to answered, handed-over and wrong shares.')
    .requiredOption('--questions <file>', 'your labelled questions, JSON Lines')
    .option('--documents <file...>', 'JSON Lines or a folder; left out: the documents of the data folder')
    .option('--limit <number>', 'the first so many questions', Number)
    .option('--rates <rate...>', 'settings to show, such as 0.01 0.02 0.05')
    .option('--json', 'one JSON document, also on a terminal')
    .addHelpText(
      'before',
      'Examples:\n  answerbox eval preview --questions my-questions.jsonl\n  answerbox eval preview --questions my-questions.jsonl --rates 0.01 0.02 --json\n',
    )
    .action((options: PreviewCommandOptions) =>
      runCommand({ json: options.json === true }, async ({ config, terminal, signal }) => {
        const rates = options.rates?.map(parseRate);
        const { evaluatePreview } = await import('../evaluate/preview.ts');
        const report = await evaluatePreview({
          documents: options.documents ?? [],
          questions: options.questions,
          limit: options.limit,
          config,
          signal,
          rates,
          onProgress: (step, done, total) => terminal.progress(`${step} ${done} of ${total}`),
          onWarning: (message) => terminal.note(message),
        });
        terminal.clearProgress();
        if (options.json || !process.stdout.isTTY) terminal.json(report);
        else terminal.data(previewTable(report));
      }),
    );
}

function parseRate(text: string): number {
  const rate = Number(text);
  if (rate >= 0 && rate <= 0.5) return rate;
  throw new AnswerboxError('usage', { reason: `--rates takes numbers from 0 to 0.5, not "${text}".` });
}
