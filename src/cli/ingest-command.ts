import { type Command, InvalidArgumentError } from 'commander';
import { AnswerboxError, hasCode } from '../errors.ts';
import type { GivenScope } from '../ingest/ingest-types.ts';
import { countSources } from '../ingest/read-sources.ts';
import { openBackend, type Backend } from './backend.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { createIngestReport, type IngestReport } from './ingest-report.ts';
import { progressLine } from './job-lines.ts';
import { runCommand } from './run-command.ts';
import { addScopeOptions, scopeOf, type ScopeOptions } from './scope-options.ts';

interface IngestOptions extends ScopeOptions {
  json?: boolean;
  depth?: number;
  pages?: number;
  include?: string[];
  exclude?: string[];
  every?: number;
}

export function addIngestCommand(program: Command): void {
  const collect = (value: string, before: string[] = []): string[] => [...before, value];
  const command = program
    .command('ingest')
    .description('Read files, folders and sites. What is unchanged is skipped, what changed is replaced.')
    .argument('<path-or-url...>', 'files, folders, addresses of sites or sitemaps');
  addScopeOptions(command)
    .option('--json', 'one JSON document: totals and an outcome for each file')
    .option('--depth <links>', 'sites: how many links from the start', wholeNumber)
    .option('--pages <number>', 'sites: most pages', wholeNumber)
    .option('--include <glob>', 'sites: only paths like this, as "/help/**"; may be given again', collect)
    .option('--exclude <glob>', 'sites: no paths like this; may be given again', collect)
    .option('--every <hours>', 'sites: visit again so often, while the server runs', wholeNumber)
    .addHelpText(
      'before',
      'Examples:\n  answerbox ingest ./handbook\n  answerbox ingest faq.md returns.html --json\n' +
        '  answerbox ingest ./internal --audience staff\n  answerbox ingest https://shop.example/help --exclude "/help/archive/**" --every 24\n',
    )
    .action((given: string[], options: IngestOptions) =>
      runCommand(options, async ({ config, terminal, signal }) => {
        const isAddress = (one: string): boolean => /^https?:\/\//i.test(one);
        const paths = given.filter((one) => !isAddress(one));
        const scope = scopeOf(options);
        const report = createIngestReport((message) => terminal.note(message));
        const total = paths.length === 0 ? 0 : await countSources(paths, signal);
        const backend = await openBackend(config, {
          signal,
          onProgress: (step) => terminal.progress(`${step} …`),
        });
        const follow = (id: string): Promise<void> =>
          followToEnd(backend, id, report, signal, (job) =>
            terminal.progress(progressLine(job, Math.max(total, job.total))),
          );
        try {
          if (paths.length > 0)
            for await (const id of backend.submitFiles(paths, {
              signal,
              scope,
              onFailure: report.addFailure,
            }))
              await follow(id);
          for (const url of given.filter(isAddress))
            await follow(await submitSite(backend, url, { ...options, scope }, signal));
        } catch (error) {
          if (hasCode(error, 'cancelled'))
            terminal.note(`Cancelled. ${report.summary()} are kept; run it again to go on.`);
          throw error;
        } finally {
          await backend.close();
        }
        if (options.json) terminal.json({ ...report.counts(), files: report.outcomes });
        else terminal.data(`${report.summary()}\n`);
        const { failed } = report.counts();
        if (failed > 0)
          process.exitCode =
            failed === report.outcomes.length ? EXIT_CODES.failed.code : EXIT_CODES.partly.code;
      }),
    );
}

/** Ctrl-C cancels what was begun here; a killed command's job goes on by itself at the next start. */
async function followToEnd(
  backend: Backend,
  id: string,
  report: IngestReport,
  signal: AbortSignal,
  onUpdate: (job: Parameters<typeof progressLine>[0]) => void,
): Promise<void> {
  try {
    for await (const event of backend.followJob(id, signal)) {
      if (event.type === 'item-end') report.addItem(event.item);
      else onUpdate(event.job);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (!signal.aborted) return;
  await backend.call('POST', `/api/v1/jobs/${id}/cancel`);
  throw new AnswerboxError('cancelled', {}, signal.reason);
}

async function submitSite(
  backend: Backend,
  url: string,
  { depth, pages, include, exclude, every, scope }: IngestOptions & { scope: GivenScope },
  signal: AbortSignal,
): Promise<string> {
  const site = { ...scope, url, depth, pages, include, exclude, every_hours: every };
  const { job_id } = await backend.call<{ job_id: string }>(
    'POST',
    '/api/v1/documents',
    JSON.parse(JSON.stringify(site)),
    signal,
  );
  return job_id;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}
