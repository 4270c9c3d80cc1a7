import type { Static } from '@sinclair/typebox';
import { InvalidArgumentError, type Command } from 'commander';
import type { KNOWLEDGE_SOURCE } from '../api/schemas/job-schema.ts';
import { AnswerboxError } from '../errors.ts';
import { progressLine } from './job-lines.ts';
import { addScopeOptions, scopeOf, type ScopeOptions } from './scope-options.ts';
import { withBackend } from './with-backend.ts';

interface Options {
  json?: boolean;
}
type Source = Static<typeof KNOWLEDGE_SOURCE>;
interface ChangeOptions extends Options, ScopeOptions {
  depth?: number;
  pages?: number;
  include?: string[];
  exclude?: string[];
  owner?: string;
}

/** `sources`: where documents come from by themselves. */
export function addSourcesCommands(program: Command): void {
  const sources = program.command('sources').description('Sites and folders that documents come from.');

  sources
    .command('list')
    .description('What is followed, when it was read last, and when it is read next.')
    .option('--json', 'one JSON document')
    .action((options: Options) =>
      withBackend(options, async (backend, { terminal }) => {
        const list = await backend.call<{ sources: Source[] }>('GET', '/api/v1/knowledge/sources');
        if (options.json) return terminal.json(list);
        for (const { id, address, documents, left_out, finished_at, next_at } of list.sources)
          terminal.data(
            `${id}  ${address}  ${documents} documents${left_out > 0 ? ` (${left_out} addresses left out: raise the limit by "sources change ${id} --pages N")` : ''}  read ${finished_at ?? 'never'}  next ${next_at ?? 'when asked'}\n`,
          );
      }),
    );

  sources
    .command('visit')
    .description('Reads a site or folder again now.')
    .argument('<id>')
    .option('--json', 'one JSON document')
    .action((id: string, options: Options) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        const { job_id } = await backend.call<{ job_id: string }>(
          'POST',
          `/api/v1/knowledge/sources/${id}/visit`,
        );
        for await (const event of backend.followJob(job_id, signal))
          if (event.type === 'job-update') terminal.progress(progressLine(event.job));
          else if (event.type === 'job-end')
            if (options.json) terminal.json(event.job);
            else terminal.data(`${progressLine(event.job)}\n`);
      }),
    );

  sources
    .command('remove')
    .description('Follows a site or folder no longer and removes its documents.')
    .argument('<id>')
    .option('--yes', 'do it without asking')
    .option('--json', 'one JSON document')
    .action((id: string, options: Options & { yes?: boolean }) =>
      withBackend(options, async (backend, { terminal }) => {
        if (!options.yes) {
          const { address, documents } = await backend.call<Source>('GET', `/api/v1/knowledge/sources/${id}`);
          terminal.note(`This removes ${documents} documents of ${address}. Say so with --yes.`);
          process.exitCode = 2;
          return;
        }
        const answer = await backend.call<{ removed: number }>('DELETE', `/api/v1/knowledge/sources/${id}`);
        if (options.json) terminal.json(answer);
        else terminal.data(`${answer.removed} documents removed\n`);
      }),
    );

  sources
    .command('schedule')
    .description('How often a site or folder is read by itself, while the server runs.')
    .argument('<id>')
    .argument('<hours>', 'hours between two visits, or "never"', hoursOrNever)
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox sources schedule ID 24\n  answerbox sources schedule ID never\n',
    )
    .action((id: string, { hours }: { hours: number | null }, options: Options) =>
      withBackend(options, async (backend, { terminal }) => {
        const source = await backend.call<Source>('PATCH', `/api/v1/knowledge/sources/${id}`, {
          every_hours: hours,
        });
        if (options.json) terminal.json(source);
        else
          terminal.data(
            hours === null ? 'read when asked\n' : `read every ${hours} h, next ${source.next_at}\n`,
          );
      }),
    );

  const collect = (value: string, before: string[] = []): string[] => [
    ...before,
    ...(value === '' ? [] : [value]),
  ];
  addScopeOptions(sources.command('change'))
    .description('Changes what is read of a site, and what is said of its documents, from the next visit on.')
    .argument('<id>')
    .option('--depth <links>', 'how many links from the start', wholeNumber)
    .option('--pages <number>', 'most pages', wholeNumber)
    .option('--include <glob>', 'only paths like this; may be given again, "" alone for all', collect)
    .option('--exclude <glob>', 'no paths like this; may be given again, "" alone for none', collect)
    .option('--owner <name>', 'who in the shop looks after the documents')
    .option('--json', 'one JSON document')
    .action((id: string, options: ChangeOptions) =>
      withBackend(options, async (backend, { terminal }) => {
        const { depth, pages, include, exclude, owner } = options;
        const change = JSON.parse(
          JSON.stringify({
            ...scopeOf(options),
            depth,
            pages,
            include,
            exclude,
            owner: owner === '' ? null : owner,
          }),
        ) as Record<string, unknown>;
        if (Object.keys(change).length === 0)
          throw new AnswerboxError('usage', { reason: 'Say what changes; see --help.' });
        const source = await backend.call<Source>('PATCH', `/api/v1/knowledge/sources/${id}`, change);
        if (options.json) terminal.json(source);
        else terminal.data(`It holds from the next visit on: answerbox sources visit ${id}\n`);
      }),
    );
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

/** In an object: a parsed null would be taken for a missing argument. */
function hoursOrNever(text: string): { hours: number | null } {
  if (text === 'never') return { hours: null };
  const hours = Number(text);
  if (!(hours >= 0.1 && hours <= 8760))
    throw new InvalidArgumentError('It must be "never", or hours from 0.1 to 8760.');
  return { hours };
}
