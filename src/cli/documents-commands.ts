import type { Static } from '@sinclair/typebox';
import { InvalidArgumentError, type Command } from 'commander';
import type { DOCUMENT_VERSION } from '../api/schemas/job-schema.ts';
import { addDocumentListCommands } from './document-list-commands.ts';
import { addSourcesCommands } from './sources-commands.ts';
import { progressLine } from './job-lines.ts';
import { withBackend } from './with-backend.ts';

interface Options {
  json?: boolean;
}

/** `documents`: what they were before; `sources`: where they come from by themselves. */
export function addDocumentsCommands(program: Command): void {
  const documents = program.command('documents').description('Documents and what they were before.');

  documents
    .command('versions')
    .description('Earlier versions of a document, newest first.')
    .argument('<id>')
    .option('--json', 'one JSON document')
    .action((id: string, options: Options) =>
      withBackend(options, async (backend, { terminal }) => {
        const path = `/api/v1/documents/${id}/versions`;
        const list = await backend.call<{ versions: Static<typeof DOCUMENT_VERSION>[] }>('GET', path);
        if (options.json) return terminal.json(list);
        for (const { version, from, until, bytes, title } of list.versions)
          terminal.data(`${String(version).padStart(4)}  ${from} – ${until}  ${bytes} bytes  ${title}\n`);
      }),
    );

  documents
    .command('restore')
    .description('Brings an earlier version back; what is current becomes a version.')
    .argument('<id>')
    .argument('<version>', 'from "documents versions"', (text: string) => {
      if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a number from 1.');
      return Number(text);
    })
    .option('--json', 'one JSON document')
    .action((id: string, version: number, options: Options) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        const path = `/api/v1/documents/${id}/versions/${version}/restore`;
        const { job_id } = await backend.call<{ job_id: string }>('POST', path);
        let restored = false;
        for await (const event of backend.followJob(job_id, signal)) {
          if (event.type === 'item-end') restored = event.item.document_id !== null;
          else terminal.progress(progressLine(event.job));
        }
        if (options.json) terminal.json({ job_id, restored });
        else
          terminal.data(restored ? `version ${version} is back\n` : `see: answerbox jobs show ${job_id}\n`);
      }),
    );

  addDocumentListCommands(documents);
  addSourcesCommands(program);
}
