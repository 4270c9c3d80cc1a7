import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Static } from '@sinclair/typebox';
import type { Command } from 'commander';
import type { HEALTH_STATE, NEAR_DUPLICATES, TEST_RUN } from '../api/schemas/health-schema.ts';
import { AnswerboxError } from '../errors.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { addFindingCommands } from './finding-commands.ts';
import { addQuestionCommands } from './question-commands.ts';
import { withBackend } from './with-backend.ts';

type State = Static<typeof HEALTH_STATE>;
interface Options {
  json?: boolean;
}

const POLL_MS = 300;
const HEALTH = '/api/v1/knowledge/health';

/** `knowledge`: what the documents lack, repeat, or say twice in different ways. */
export function addKnowledgeCommands(program: Command): void {
  const knowledge = program.command('knowledge').description('The health of the documents.');

  knowledge
    .command('health')
    .description(
      'Checks for stale, doubled and contradicting passages, orphans, and questions without an answer.',
    )
    .option('--last', 'the last report, without a new check')
    .option('--dismissed', 'findings that were dismissed, too')
    .option('--json', 'one JSON document')
    .addHelpText(
      'before',
      'Examples:\n  answerbox knowledge health\n  answerbox knowledge health --last --json\n',
    )
    .action((options: Options & { last?: boolean; dismissed?: boolean }) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        if (!options.last) await backend.call('POST', HEALTH);
        const path = options.dismissed ? `${HEALTH}?dismissed=true` : HEALTH;
        let state = await backend.call<State>('GET', path);
        while (state.running) {
          terminal.progress(`Checking: ${state.step ?? ''} …`);
          await wait(POLL_MS);
          if (signal.aborted) {
            await backend.call('DELETE', HEALTH);
            throw new AnswerboxError('cancelled');
          }
          state = await backend.call<State>('GET', path);
        }
        if (state.failure !== null)
          throw new AnswerboxError('usage', { reason: `The check failed: ${state.failure}.` });
        if (options.json) terminal.json(state);
        else terminal.data(textOf(state));
      }),
    );

  knowledge
    .command('duplicates')
    .description(
      'Passages that say nearly the same, in groups; "documents disable" keeps one out of answers.',
    )
    .option('--json', 'one JSON document')
    .action((options: Options) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        const found = await backend.call<Static<typeof NEAR_DUPLICATES>>(
          'GET',
          '/api/v1/knowledge/duplicates',
          undefined,
          signal,
        );
        if (options.json) return terminal.json(found);
        for (const { similarity, passages } of found.groups) {
          terminal.data(
            `${passages.length} passages, alike by ${similarity}: ${passages[0]!.text.slice(0, 80)}\n`,
          );
          for (const { document_id, chunk_id, heading_path } of passages)
            terminal.data(`  ${document_id}  ${chunk_id}  ${heading_path}\n`);
        }
        terminal.note(`${found.total} groups of near-duplicate passages`);
      }),
    );

  knowledge
    .command('approve')
    .description(
      'Makes a document of a gap’s draft, or of your own text, and a regression question of its question.',
    )
    .argument('<gap>')
    .option('--text <file>', 'the article, Markdown, instead of the draft')
    .option('--title <title>')
    .option('--json', 'one JSON document')
    .action((id: string, options: Options & { text?: string; title?: string }) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        const body = {
          ...(options.text !== undefined && { text: await readFile(options.text, 'utf8') }),
          ...(options.title !== undefined && { title: options.title }),
        };
        const path = `/api/v1/knowledge/gaps/${id}/approve`;
        const { job_id } = await backend.call<{ job_id: string }>('POST', path, body);
        for await (const event of backend.followJob(job_id, signal))
          if (event.type === 'item-end' && event.item.message !== null) terminal.note(event.item.message);
        if (options.json) terminal.json({ job_id });
        else terminal.data('The article is in the documents.\n');
      }),
    );

  knowledge
    .command('regression')
    .description('Questions of approved articles, as lines for "eval retrieval".')
    .option('--run', 'ask them again: which documents are no longer among the first five')
    .option('--json', 'one JSON document')
    .action((options: Options & { run?: boolean }) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        if (options.run) {
          const path = '/api/v1/knowledge/regression-questions/run';
          const done = await backend.call<Static<typeof TEST_RUN>>('POST', path, undefined, signal);
          if (done.found < done.questions.length) process.exitCode = EXIT_CODES.gateMissed.code;
          if (options.json) return terminal.json(done);
          for (const { q, doc_id, place, found } of done.questions)
            terminal.data(`${found ? 'found ' : 'MISSED'}  ${place ?? '–'}  ${q}  ${doc_id}\n`);
          return terminal.data(`${done.found} of ${done.questions.length} within the first ${done.places}\n`);
        }
        const list = await backend.call<{ questions: unknown[] }>(
          'GET',
          '/api/v1/knowledge/regression-questions',
        );
        if (options.json) return terminal.json(list);
        for (const line of list.questions) terminal.data(`${JSON.stringify(line)}\n`);
      }),
    );

  addFindingCommands(knowledge);
  addQuestionCommands(knowledge);
}

/** What a finding is dismissed by. */
function named(id: string, dismissed: boolean): string {
  return `${id}${dismissed ? ' (dismissed)' : ''}  `;
}

function textOf({ report, gaps }: State): string {
  if (!report) return 'Nothing was checked yet.\n';
  const open = gaps.filter(({ status }) => status === 'open');
  const lines = [
    `${report.documents} documents, ${report.passages} passages, checked ${report.checked_at} in ${report.seconds} s`,
    `Stale: ${report.stale.length}`,
    ...report.stale.map(
      ({ id, dismissed, title, reason, quote }) =>
        `  ${named(id, dismissed)}${title}: ${quote ?? reason.replace('_', ' ')}`,
    ),
    `Contradictions: ${report.contradictions.length}`,
    ...report.contradictions.flatMap(({ id, dismissed, one, other }) => [
      `  ${named(id, dismissed)}${one.title}: ${one.quote}`,
      `    against ${other.title}: ${other.quote}`,
    ]),
    `Duplicates: ${report.duplicates.length}`,
    ...report.duplicates.map(
      ({ id, dismissed, one, other }) =>
        `  ${named(id, dismissed)}${one.heading_path} = ${other.heading_path}`,
    ),
    report.orphans === null
      ? `Orphans: not known before more questions were asked (${report.questions_counted} so far)`
      : `Orphans: ${report.orphans.length}`,
    ...(report.orphans ?? []).map(
      ({ id, dismissed, heading_path }) => `  ${named(id, dismissed)}${heading_path}`,
    ),
    ...(report.dismissed > 0 ? [`Dismissed: ${report.dismissed}`] : []),
    `Questions without an answer, in groups: ${open.length}`,
    ...open.map(({ id, question, asked }) => `  ${id}  asked ${asked} times: ${question}`),
  ];
  return `${lines.join('\n')}\n`;
}
