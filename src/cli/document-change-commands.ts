import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Static } from '@sinclair/typebox';
import { InvalidArgumentError, type Command } from 'commander';
import type { EDITABLE_TEXT } from '../api/schemas/knowledge-schema.ts';
import { AnswerboxError } from '../errors.ts';
import type { Backend } from './backend.ts';
import { withBackend } from './with-backend.ts';

interface Options {
  json?: boolean;
}

/** `documents disable`, `enable`, `edit`, `replace`: what the console's page on a document does. */
export function addDocumentChangeCommands(documents: Command): void {
  for (const [name, enabled, about] of [
    ['disable', false, 'Keeps a document, or one passage of it, from being retrieved; nothing is deleted.'],
    ['enable', true, 'Lets a document, or one passage of it, be retrieved again.'],
  ] as const) {
    documents
      .command(name)
      .description(about)
      .argument('<id>')
      .option('--passage <id>', 'this passage alone, by its number from "documents chunks"', passageId)
      .option('--json', 'one JSON document')
      .addHelpText(
        'before',
        `Examples:\n  answerbox documents ${name} ID\n  answerbox documents ${name} ID --passage 12\n`,
      )
      .action((id: string, options: Options & { passage?: number }) =>
        withBackend(options, async (backend, { terminal }) => {
          const part = options.passage === undefined ? '' : `/chunks/${options.passage}`;
          await backend.call('PUT', `/api/v1/documents/${encodeURIComponent(id)}${part}/enabled`, {
            enabled,
          });
          if (options.json) terminal.json({ id, passage: options.passage ?? null, enabled });
          else terminal.data(`${name}d\n`);
        }),
      );
  }

  documents
    .command('edit')
    .description('Writes the source of a text document anew; what it was becomes a version.')
    .argument('<id>')
    .option('--text <file>', 'the new source; without it the present one is printed')
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox documents edit ID > page.md\n  answerbox documents edit ID --text page.md\n',
    )
    .action((id: string, options: Options & { text?: string }) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        const path = `/api/v1/documents/${encodeURIComponent(id)}/written`;
        const now = await backend.call<Static<typeof EDITABLE_TEXT>>('GET', path);
        if (options.text === undefined) return options.json ? terminal.json(now) : terminal.data(now.text);
        const text = await readFile(options.text, 'utf8');
        const { job_id } = await backend.call<{ job_id: string }>('PUT', path, { text, sha256: now.sha256 });
        await finish(backend, job_id, signal);
        if (options.json) terminal.json({ job_id });
        else terminal.data('The new text is searchable.\n');
      }),
    );

  documents
    .command('replace')
    .description('Puts another file in a document’s place; what it was becomes a version.')
    .argument('<id>')
    .argument('<file>')
    .option('--json', 'one JSON document')
    .addHelpText('before', 'Example:\n  answerbox documents replace ID prices-2027.pdf\n')
    .action((id: string, file: string, options: Options) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        const path = `/api/v1/documents/${encodeURIComponent(id)}/original`;
        const body = { name: basename(file), base64: await readFile(file, 'base64') };
        const { job_id } = await backend.call<{ job_id: string }>('PUT', path, body);
        await finish(backend, job_id, signal);
        if (options.json) terminal.json({ job_id });
        else terminal.data('The new file is searchable.\n');
      }),
    );
}

/** @throws usage with why it was not read */
async function finish(backend: Backend, jobId: string, signal: AbortSignal): Promise<void> {
  for await (const event of backend.followJob(jobId, signal))
    if (event.type === 'item-end' && event.item.state === 'failed')
      throw new AnswerboxError('usage', { reason: event.item.message ?? 'It could not be read.' });
}

function passageId(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a number from 1.');
  return Number(text);
}
