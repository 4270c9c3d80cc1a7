import type { Command } from 'commander';
import type { RequestedMode } from '../answer/answer-types.ts';
import { addEvalCompareCommand } from './eval-compare-command.ts';
import { addEvalFitCommand } from './eval-fit-command.ts';
import { addEvalLiveCommand } from './eval-live-command.ts';
import { addEvalInjectionCommand } from './eval-injection-command.ts';
import { addEvalGroundingCommand } from './eval-grounding-command.ts';
import { addEvalPreviewCommand } from './eval-preview-command.ts';
import { runCommand, type CommandContext } from './run-command.ts';

interface EvalOptions {
  documents: string[];
  questions: string;
  limit?: number;
  mode: RequestedMode;
  out?: string;
  unchecked?: boolean;
}

/** These print one JSON document, with or without --json. Loaded when used: other commands start faster without. */
export function addEvalCommands(program: Command): void {
  const group = program.command('eval').description('Measures on your own labelled questions.');
  const files = (command: Command): Command =>
    command
      .requiredOption(
        '--documents <file...>',
        'JSON Lines (.gz and .xz are read as they are) or a folder; may be given several',
      )
      .requiredOption('--questions <file>', 'JSON Lines')
      .option('--limit <number>', 'the first so many questions', Number)
      .option('--json', 'accepted for uniformity: the output is JSON anyway');
  const run = (
    options: EvalOptions,
    work: (context: CommandContext, shared: Shared) => Promise<unknown>,
  ): Promise<void> =>
    runCommand({}, async (context) => {
      const { documents, questions, limit } = options;
      const { signal, terminal } = context;
      const shared: Shared = {
        documents,
        questions,
        signal,
        onProgress: (step) => terminal.progress(step),
        ...(limit && { limit }),
      };
      context.terminal.json(await work(context, shared));
    });

  addEvalIntents(group);
  files(group.command('retrieval').description('Recall, MRR and nDCG of each retrieval stage.'))
    .addHelpText(
      'before',
      'Examples:\n  answerbox eval retrieval --documents docs.jsonl --questions questions.jsonl\n',
    )
    .action((options: EvalOptions) =>
      run(options, async ({ config }, shared) =>
        (await import('../evaluate/retrieval.ts')).evaluateRetrieval({ ...shared, config }),
      ),
    );

  files(group.command('answers').description('Right, wrong and declined answers.'))
    .option('--mode <mode>', 'auto, extractive or generated', 'auto')
    .option('--unchecked', 'the generator without the checks of its sentences: a measurement only')
    .option('--out <file>', 'a line a question with everything that was scored')
    .addHelpText(
      'before',
      'Examples:\n  answerbox eval answers --documents docs.jsonl --questions questions.jsonl --mode extractive\n',
    )
    .action((options: EvalOptions) =>
      run(options, async ({ config }, shared) =>
        (await import('../evaluate/answers.ts')).evaluateAnswers({
          ...shared,
          config,
          mode: options.unchecked ? 'generated' : options.mode,
          unchecked: options.unchecked,
          ...(options.out && { out: options.out }),
        }),
      ),
    );

  addEvalCompareCommand(group);
  addEvalFitCommand(group);
  addEvalPreviewCommand(group);
  addEvalGroundingCommand(group);
  addEvalLiveCommand(group);
  addEvalInjectionCommand(group);
}

function addEvalIntents(group: Command): void {
  group
    .command('intents')
    .description('Trains your own intents on one file and measures them on another.')
    .requiredOption('--train <file>', 'JSON Lines {"text", "label"}; .gz and .xz are read as they are')
    .requiredOption('--test <file>', 'the same; label "oos" is out of scope')
    .option('--json', 'one JSON document also on a terminal')
    .addHelpText('before', 'Examples:\n  answerbox eval intents --train train.jsonl --test test.jsonl\n')
    .action((options: { train: string; test: string; json?: boolean }) =>
      runCommand(options, async ({ config, terminal, signal }) => {
        const { evaluateIntents } = await import('../evaluate/intents.ts');
        const report = await evaluateIntents({
          train: options.train,
          test: options.test,
          config,
          signal,
          onProgress: (step, done, total) => terminal.progress(`${step} ${done}/${total}`),
          onWarning: (message) => terminal.note(message),
        });
        if (options.json || !process.stdout.isTTY) return terminal.json(report);
        terminal.clearProgress();
        for (const [name, value] of Object.entries(report))
          terminal.data(`${name.padEnd(18)} ${value ?? 'none in the file'}\n`);
      }),
    );
}

interface Shared {
  documents: string[];
  questions: string;
  limit?: number;
  signal: AbortSignal;
  onProgress: (message: string) => void;
}
