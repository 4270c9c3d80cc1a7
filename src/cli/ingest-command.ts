import type { Command } from 'commander';
import { AnswerboxError } from '../errors.ts';
import type { FileOutcome, SourceFile } from '../ingest/ingest-types.ts';
import { countSources, readSources } from '../ingest/read-sources.ts';
import { openBackend } from './backend.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { runCommand } from './run-command.ts';
import { addScopeOptions, scopeOf, type ScopeOptions } from './scope-options.ts';

export function addIngestCommand(program: Command): void {
  const command = program
    .command('ingest')
    .description(
      'Read files and folders (Markdown, HTML, plain text). Unchanged files are skipped, changed ones replaced.',
    )
    .argument('<path...>', 'files or folders');
  addScopeOptions(command)
    .option('--json', 'one JSON document: totals and an outcome for each file')
    .addHelpText(
      'before',
      'Examples:\n  answerbox ingest ./handbook\n  answerbox ingest faq.md returns.html --json\n  answerbox ingest ./internal --audience staff\n',
    )
    .action((paths: string[], options: ScopeOptions & { json?: boolean }) =>
      runCommand(options, async ({ config, terminal, signal }) => {
        const url = paths.find((path) => /^https?:\/\//i.test(path));
        if (url)
          throw new AnswerboxError('usage', {
            reason: `Web pages cannot be read yet (${url}). Save the page and ingest the file.`,
          });
        const scope = scopeOf(options);
        const outcomes: FileOutcome[] = [];
        const keep = (outcome: FileOutcome): void => {
          outcomes.push(outcome);
          if (outcome.status === 'failed') terminal.note(`not read: ${outcome.message}`);
        };
        const total = await countSources(paths);
        const files = readSources(paths, {
          signal,
          maxBytes: config.max_document_bytes,
          onFailure: (failure) => keep(asFailed(failure)),
        });
        const backend = await openBackend(config, {
          signal,
          onProgress: (step) => terminal.progress(`${step} …`),
        });
        try {
          for await (const outcome of backend.ingest(withScope(files, scope), signal)) {
            keep(outcome);
            terminal.progress(`${outcomes.length} of ${total} files`);
          }
        } catch (error) {
          if (error instanceof AnswerboxError && error.code === 'cancelled')
            terminal.note(`Cancelled. ${summary(outcomes)} are kept; run it again to go on.`);
          throw error;
        } finally {
          await backend.close();
        }
        if (options.json) terminal.json({ ...counts(outcomes), files: outcomes });
        else terminal.data(`${summary(outcomes)}\n`);
        const { failed } = counts(outcomes);
        if (failed > 0)
          process.exitCode = failed === outcomes.length ? EXIT_CODES.failed.code : EXIT_CODES.partly.code;
      }),
    );
}

async function* withScope(
  files: AsyncIterable<SourceFile>,
  scope: SourceFile['scope'] & object,
): AsyncGenerator<SourceFile> {
  for await (const file of files) yield { ...file, scope };
}

type Failure = { source: string; error: AnswerboxError };

function asFailed({ source, error }: Failure): FileOutcome {
  return { source, status: 'failed', code: error.code, message: error.message };
}

function counts(outcomes: readonly FileOutcome[]) {
  const of = (status: FileOutcome['status']): number =>
    outcomes.filter((outcome) => outcome.status === status).length;
  return { added: of('added'), changed: of('changed'), unchanged: of('unchanged'), failed: of('failed') };
}

function summary(outcomes: readonly FileOutcome[]): string {
  const { added, changed, unchanged, failed } = counts(outcomes);
  return `${added} added, ${changed} changed, ${unchanged} unchanged, ${failed} failed`;
}
