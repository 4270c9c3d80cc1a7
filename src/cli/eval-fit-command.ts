import type { Command } from 'commander';
import { AnswerboxError } from '../errors.ts';
import { runCommand } from './run-command.ts';

interface FitCommandOptions {
  documents?: string[];
  questions: string;
  limit?: number;
  out?: string;
  with?: string;
  moreDocuments?: string[];
  moreQuestions?: string[];
  plot?: string;
  save?: string | true;
}

/** Prints one JSON document. */
export function addEvalFitCommand(group: Command): void {
  group
    .command('fit')
    .description(
      'Fits confidence to labelled questions: the model, its map, its thresholds; --save puts it to use.',
    )
    .option('--documents <file...>', 'JSON Lines or a folder; left out: the documents of the data folder')
    .requiredOption('--questions <file>', 'JSON Lines (.gz and .xz are read as they are)')
    .option('--limit <number>', 'the first so many questions', Number)
    .option('--more-documents <file...>', 'other collections, to fit all together …')
    .option('--more-questions <file...>', '… and the questions about each of them, in the same order')
    .option('--with <file>', 'lines of an earlier --out, to fit both together')
    .option('--out <file>', 'a line a question with its signals and whether its answer was right')
    .option('--plot <file>', 'the reliability diagram as SVG')
    .option('--save [file]', 'keeps the fit: confidence.json in the data folder, or this file')
    .option('--json', 'accepted for uniformity: the output is JSON anyway')
    .addHelpText(
      'before',
      'Examples:\n  answerbox eval fit --questions my-questions.jsonl --save\n  answerbox eval fit --documents docs.jsonl --questions tune.jsonl --plot reliability.svg\n',
    )
    .action((options: FitCommandOptions) =>
      runCommand({}, async ({ config, terminal, signal }) => {
        const { moreDocuments = [], moreQuestions = [] } = options;
        if (moreDocuments.length !== moreQuestions.length)
          throw new AnswerboxError('usage', {
            reason: '--more-documents and --more-questions go together, as many of the one as of the other.',
          });
        const { evaluateFit } = await import('../evaluate/fit-confidence.ts');
        const report = await evaluateFit({
          documents: options.documents ?? [],
          questions: options.questions,
          config,
          signal,
          limit: options.limit,
          out: options.out,
          with: options.with,
          more: moreQuestions.map((questions, index) => ({ documents: [moreDocuments[index]!], questions })),
          plot: options.plot,
          save: options.save,
          onProgress: (step, done, total) => terminal.progress(`${step} ${done} of ${total}`),
          onWarning: (message) => terminal.note(message),
        });
        terminal.clearProgress();
        terminal.json(report);
        if (report.saved !== null)
          terminal.note(`Saved to ${report.saved}; a running server reads it at its next start.`);
      }),
    );
}
