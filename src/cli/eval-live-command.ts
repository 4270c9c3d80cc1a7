import type { Command } from 'commander';
import { runCommand } from './run-command.ts';

interface LiveCommandOptions {
  questions: string;
  shop?: string;
  limit?: number;
  out?: string;
}

/** Prints one JSON document. */
export function addEvalLiveCommand(group: Command): void {
  group
    .command('live')
    .description('Products, prices, stock, opening hours and orders of the demo shop.')
    .requiredOption('--questions <file>', 'JSON Lines: q, kind, expect (data/shop/README.md)')
    .option(
      '--shop <folder>',
      'another shop than the demo: profile.json, catalogue.csv, orders.json, documents/',
    )
    .option('--limit <number>', 'the first so many questions', Number)
    .option('--out <file>', 'a line a question with what was said and what was wrong')
    .option('--json', 'accepted for uniformity: the output is JSON anyway')
    .addHelpText('before', 'Examples:\n  answerbox eval live --questions data/shop/live.tune.jsonl\n')
    .action(({ questions, shop, limit, out }: LiveCommandOptions) =>
      runCommand({}, async ({ config, terminal, signal }) => {
        const { evaluateLive } = await import('../evaluate/live.ts');
        terminal.json(
          await evaluateLive({
            questions,
            config,
            signal,
            onProgress: (step) => terminal.progress(step),
            ...(shop && { shop }),
            ...(limit && { limit }),
            ...(out && { out }),
          }),
        );
      }),
    );
}
