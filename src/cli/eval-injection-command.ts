import type { Command } from 'commander';
import { runCommand } from './run-command.ts';

interface InjectionCommandOptions {
  cases: string;
  perKind?: number;
  out?: string;
}

/** Prints one JSON document. */
export function addEvalInjectionCommand(group: Command): void {
  group
    .command('injection')
    .description(
      'Attacks in questions, documents, products, orders and history, each beside a harmless twin.',
    )
    .requiredOption(
      '--cases <file>',
      'JSON Lines: id, kind, canaries, attack, twin (data/injection/README.md)',
    )
    .option('--per-kind <number>', 'the first so many cases of each kind', Number)
    .option('--out <file>', 'a line a case with what was said to the attack and to the twin')
    .option('--json', 'accepted for uniformity: the output is JSON anyway')
    .addHelpText('before', 'Examples:\n  answerbox eval injection --cases data/injection/cases.jsonl\n')
    .action(({ cases, perKind, out }: InjectionCommandOptions) =>
      runCommand({}, async ({ config, terminal, signal }) => {
        const { evaluateInjection } = await import('../evaluate/injection.ts');
        terminal.json(
          await evaluateInjection({
            cases,
            config,
            signal,
            onProgress: (step, done, total) => terminal.progress(`${step} ${done}/${total}`),
            ...(perKind && { perKind }),
            ...(out && { out }),
          }),
        );
      }),
    );
}
