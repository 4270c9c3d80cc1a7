import type { Static } from '@sinclair/typebox';
import { InvalidArgumentError, type Command } from 'commander';
import type { JOB, JOB_SUMMARY } from '../api/schemas/job-schema.ts';
import { jobLine, progressLine } from './job-lines.ts';
import { printCsv } from './print-csv.ts';
import { withBackend } from './with-backend.ts';

interface Options {
  json?: boolean;
}

/** `jobs`: the same jobs as in the console, with or without a server. */
export function addJobsCommands(program: Command): void {
  const jobs = program.command('jobs').description('What is being read: uploads, folders, sites.');
  jobs
    .command('list')
    .description('The newest jobs with their state, speed and time left.')
    .option('--json', 'one JSON document')
    .option('--csv', 'all of them, as CSV')
    .addHelpText('before', 'Examples:\n  answerbox jobs list\n  answerbox jobs list --json\n')
    .action((options: Options & { csv?: boolean }) =>
      withBackend(options, async (backend, { terminal }) => {
        if (options.csv)
          return printCsv(await backend.call('GET', '/api/v1/jobs/export?format=json'), terminal);
        const list = await backend.call<{ jobs: Static<typeof JOB_SUMMARY>[] }>('GET', '/api/v1/jobs');
        if (options.json) return terminal.json(list);
        for (const job of list.jobs) terminal.data(jobLine(job));
      }),
    );

  jobs
    .command('show')
    .description('One job with its files: what became of each, and why.')
    .argument('<id>')
    .option('--failed', 'only those that failed')
    .option('--json', 'one JSON document')
    .action((id: string, options: Options & { failed?: boolean }) =>
      withBackend(options, async (backend, { terminal }) => {
        const query = options.failed ? '?state=failed' : '';
        const job = await backend.call<Static<typeof JOB>>('GET', `/api/v1/jobs/${id}${query}`);
        if (options.json) return terminal.json(job);
        terminal.data(jobLine(job));
        for (const { ordinal, state, source, message } of job.items)
          terminal.data(`${String(ordinal).padStart(6)}  ${state.padEnd(9)}  ${message ?? source}\n`);
      }),
    );

  jobs
    .command('watch')
    .description('Follows a job to its end.')
    .argument('<id>')
    .option('--json', 'one JSON document, at the end')
    .action((id: string, options: Options) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        for await (const event of backend.followJob(id, signal)) {
          if (event.type === 'item-end') {
            if (event.item.state === 'failed') terminal.note(`not read: ${event.item.message}`);
          } else if (event.type === 'job-update') terminal.progress(progressLine(event.job));
          else if (options.json) terminal.json(event.job);
          else terminal.data(jobLine(event.job));
        }
      }),
    );

  for (const [verb, description] of [
    ['pause', 'Stops reading until it is resumed.'],
    ['resume', 'Goes on with a paused job.'],
    ['cancel', 'Ends a job; what was read stays.'],
  ] as const) {
    jobs
      .command(verb)
      .description(description)
      .argument('<id>')
      .option('--json', 'one JSON document')
      .action((id: string, options: Options) =>
        withBackend(options, async (backend, { terminal }) => {
          const job = await backend.call<Static<typeof JOB_SUMMARY>>('POST', `/api/v1/jobs/${id}/${verb}`);
          if (options.json) terminal.json(job);
          else terminal.data(jobLine(job));
        }),
      );
  }

  jobs
    .command('retry')
    .description('Reads again what failed: all of it, or the one file with this number.')
    .argument('<id>')
    .argument('[number]', 'from "jobs show"', (text: string) => {
      if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
      return Number(text);
    })
    .option('--json', 'one JSON document')
    .action((id: string, ordinal: number | undefined, options: Options) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        const body = ordinal === undefined ? {} : { ordinal };
        const answer = await backend.call<{ retried: number }>('POST', `/api/v1/jobs/${id}/retry`, body);
        // Without a server this process does the work.
        if (!backend.remote)
          for await (const event of backend.followJob(id, signal))
            if (event.type === 'job-update') terminal.progress(progressLine(event.job));
        if (options.json) terminal.json(answer);
        else terminal.data(`${answer.retried} files are read again\n`);
      }),
    );
}
