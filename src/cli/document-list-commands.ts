import type { Static } from '@sinclair/typebox';
import type { Command } from 'commander';
import type { DOCUMENT_CHUNK, DOCUMENT_LIST } from '../api/schemas/knowledge-schema.ts';
import { AnswerboxError } from '../errors.ts';
import { addScopeOptions, scopeOf, type ScopeOptions } from './scope-options.ts';
import { addDocumentRereadCommand } from './document-reread-command.ts';
import { addDocumentChangeCommands } from './document-change-commands.ts';
import { printCsv } from './print-csv.ts';
import { withBackend } from './with-backend.ts';

interface Options {
  json?: boolean;
}
interface ListOptions extends Options {
  words?: string;
  category?: string;
  language?: string;
  audience?: string;
  state?: string;
  format?: string;
  limit: string;
  csv?: boolean;
}

/** `documents list`, `chunks`, `describe`, `remove`: what the console's pages on documents do. */
export function addDocumentListCommands(documents: Command): void {
  documents
    .command('list')
    .description('The documents, by title or source and what is said of them.')
    .option('--words <text>', 'part of the title or the source')
    .option('--category <word>')
    .option('--language <code>')
    .option('--audience <word>')
    .option('--format <name>', 'pdf, docx, html, md …: what the file is, whatever its name')
    .option('--state <state>', 'valid, upcoming, expired, problems, disabled, edited or overtaken')
    .option('--limit <number>', 'documents shown, 1 to 1000', '100')
    .option('--json', 'one JSON document')
    .option('--csv', 'all of them, as CSV')
    .action(({ json, csv, ...wanted }: ListOptions) =>
      withBackend({ ...(json && { json }) }, async (backend, { terminal }) => {
        if (csv) {
          const { limit: _, ...filter } = wanted;
          const all = new URLSearchParams([...Object.entries(filter), ['format', 'json']]);
          return printCsv(await backend.call('GET', `/api/v1/documents/export?${all.toString()}`), terminal);
        }
        const query = new URLSearchParams(Object.entries(wanted));
        const list = await backend.call<Static<typeof DOCUMENT_LIST>>(
          'GET',
          `/api/v1/documents?${query.toString()}`,
        );
        if (json) return terminal.json(list);
        for (const { id, title, source, chunks, audience } of list.documents)
          terminal.data(`${id}  ${chunks} passages  ${audience}  ${title}  ${source}\n`);
        if (list.total > list.documents.length)
          terminal.note(`${list.total - list.documents.length} more: use --limit.`);
      }),
    );

  documents
    .command('chunks')
    .description('The passages that a document is found by.')
    .argument('<id>')
    .option('--json', 'one JSON document')
    .action((id: string, options: Options) =>
      withBackend(options, async (backend, { terminal }) => {
        const list = await backend.call<{ chunks: Static<typeof DOCUMENT_CHUNK>[] }>(
          'GET',
          `/api/v1/documents/${encodeURIComponent(id)}/chunks`,
        );
        if (options.json) return terminal.json(list);
        for (const { id: passage, ordinal, heading_path, tokens, text, enabled } of list.chunks)
          terminal.data(
            `${ordinal + 1}. ${heading_path} (passage ${passage}, ${tokens} tokens${enabled ? '' : ', disabled'})\n${text}\n\n`,
          );
      }),
    );

  addScopeOptions(documents.command('describe'))
    .description('Changes what is said of a document; an empty value takes back what was given.')
    .argument('<id>')
    .option('--owner <name>', 'who in the shop looks after it')
    .option('--json', 'one JSON document')
    .action((id: string, options: Options & ScopeOptions & { owner?: string }) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        const owner = options.owner === undefined ? {} : { owner: options.owner || null };
        const path = `/api/v1/documents/${encodeURIComponent(id)}`;
        const { job_id } = await backend.call<{ job_id: string }>('PATCH', path, {
          ...scopeOf(options),
          ...owner,
        });
        for await (const event of backend.followJob(job_id, signal))
          if (event.type === 'item-end' && event.item.message !== null) terminal.note(event.item.message);
        const document = await backend.call('GET', path);
        if (options.json) terminal.json(document);
        else terminal.data('It is described anew.\n');
      }),
    );

  addDocumentChangeCommands(documents);
  addDocumentRereadCommand(documents);

  documents
    .command('remove')
    .description('Removes a document, with its passages and versions, for good.')
    .argument('<id>')
    .option('--yes', 'do it without asking')
    .option('--json', 'one JSON document')
    .action((id: string, options: Options & { yes?: boolean }) =>
      withBackend(options, async (backend, { terminal }) => {
        if (!options.yes)
          throw new AnswerboxError('usage', {
            reason: 'This removes the document for good. Say so with --yes.',
          });
        await backend.call('DELETE', `/api/v1/documents/${encodeURIComponent(id)}`);
        if (options.json) terminal.json({ removed: 1 });
        else terminal.data('removed\n');
      }),
    );
}
