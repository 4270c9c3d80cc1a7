import type { Static } from '@sinclair/typebox';
import type { Command } from 'commander';
import type { JOB_SUMMARY } from '../api/schemas/job-schema.ts';
import { AnswerboxError } from '../errors.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { jobLine, progressLine } from './job-lines.ts';
import { withBackend } from './with-backend.ts';

interface Options {
  all?: boolean;
  source?: string;
  format?: string;
  state?: string;
  wait?: boolean;
  json?: boolean;
}
type Job = Static<typeof JOB_SUMMARY>;

/** `documents reread`: what the console's button on the list of documents does. */
export function addDocumentRereadCommand(documents: Command): void {
  documents
    .command('reread')
    .description(
      'Reads kept originals again, with the parsers of today; only passages that come out otherwise are embedded.',
    )
    .argument('[id...]', 'these documents, by their ids from "documents list"')
    .option('--source <id>', 'those of a site or folder ("sources list"), of "documents" (sent) or of "demo"')
    .option('--format <name>', 'those of a format: pdf, docx, html, md …')
    .option('--state <state>', 'those in a state, such as "problems": parts of them could not be read')
    .option('--all', 'all of them')
    .option('--no-wait', 'do not follow the job to its end')
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox documents reread --format pdf\n  answerbox documents reread --source ID\n  answerbox documents reread --all\n',
    )
    .action((ids: string[], { json, wait, all, ...filters }: Options) =>
      withBackend({ ...(json && { json }) }, async (backend, { terminal, signal }) => {
        const isChosen = ids.length > 0 || Object.keys(filters).length > 0;
        if (isChosen === (all ?? false))
          throw new AnswerboxError('usage', {
            reason: 'Say which documents: ids, --source, --format, --state, or --all for every one.',
          });
        let job = await backend.call<Job>('POST', '/api/v1/documents/reread', {
          ...filters,
          ...(ids.length > 0 && { ids }),
        });
        // Without a server nobody would go on with it: it is followed whatever was said.
        if (wait || !backend.remote)
          for await (const event of backend.followJob(job.id, signal)) {
            if (event.type === 'item-end' && event.item.state === 'failed')
              terminal.note(event.item.message ?? event.item.source);
            if (event.type !== 'item-end') job = event.job;
            if (event.type === 'job-update') terminal.progress(progressLine(job));
          }
        if (json) terminal.json(job);
        else terminal.data(jobLine(job));
        if (job.failed > 0) process.exitCode = EXIT_CODES.partly.code;
      }),
    );
}
