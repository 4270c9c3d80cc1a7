import { InvalidArgumentError, type Command } from 'commander';
import { openBackend } from './backend.ts';
import { runCommand } from './run-command.ts';
import { addFilterOptions, filterOf, type FilterOptions } from './scope-options.ts';

export function addSearchCommand(program: Command): void {
  const command = program
    .command('search')
    .description("Retrieval alone, with every stage's score.")
    .argument('<query>', 'what to look for');
  addFilterOptions(command, 'all')
    .option(
      '--source <id...>',
      'only documents of these sites or folders ("sources list"), "documents" or "demo"',
    )
    .option('--expired', 'also documents that do not hold today')
    .option('--limit <number>', 'passages shown, 1 to 100', parseLimit, 10)
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox search "return shoes"\n  answerbox search "opening hours" --limit 3 --json\n',
    )
    .action((query: string, options: FilterOptions & { limit: number; expired?: boolean; json?: boolean }) =>
      runCommand(options, async ({ config, terminal, signal }) => {
        const backend = await openBackend(config, {
          signal,
          onProgress: (step) => terminal.progress(`${step} …`),
        });
        try {
          const found = await backend.search(
            query,
            { limit: options.limit, filter: { ...filterOf(options), expired: options.expired === true } },
            signal,
          );
          terminal.clearProgress();
          if (options.json) return terminal.json(found);
          if (found.keywords_only) terminal.note('The models are away: these are keyword results only.');
          for (const [index, { heading_path, text, page, scores }] of found.results.entries()) {
            const line = (['bm25', 'vector', 'fused', 'reranked'] as const)
              .map(
                (stage) =>
                  `${stage} ${scores[stage] ? `#${scores[stage].rank} ${scores[stage].score.toFixed(3)}` : '–'}`,
              )
              .join('  ');
            terminal.data(
              `${index + 1}. ${heading_path}${page === null ? '' : `, page ${page}`}\n   ${line}\n   ${text.replace(/\s+/g, ' ').slice(0, 160)}\n`,
            );
          }
          if (found.results.length === 0) terminal.note('Nothing found.');
        } finally {
          await backend.close();
        }
      }),
    );
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw new InvalidArgumentError('It is a whole number from 1 to 100.');
  return limit;
}
