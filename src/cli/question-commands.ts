import type { Static } from '@sinclair/typebox';
import type { Command } from 'commander';
import type { ASKED_LIST } from '../api/schemas/health-schema.ts';
import type { WHY_NOT } from '../api/schemas/knowledge-schema.ts';
import { withBackend } from './with-backend.ts';

interface Options {
  json?: boolean;
}

/** `knowledge questions`, `test-question`, `why-not`: what the console's pages on questions do. */
export function addQuestionCommands(knowledge: Command): void {
  knowledge
    .command('questions')
    .description('What customers asked, newest first, and what became of it.')
    .option('--outcome <outcome>', 'answered, answered_with_caveat, clarify, handed_off or declined')
    .option('--limit <number>', 'questions shown, 1 to 200', '50')
    .option('--json', 'one JSON document')
    .action((options: Options & { outcome?: string; limit: string }) =>
      withBackend(options, async (backend, { terminal }) => {
        const { outcome, limit } = options;
        const query = new URLSearchParams({ limit, ...(outcome !== undefined && { outcome }) });
        const list = await backend.call<Static<typeof ASKED_LIST>>(
          'GET',
          `/api/v1/knowledge/questions?${query.toString()}`,
        );
        if (options.json) return terminal.json(list);
        for (const { message_id, question, outcome: came, confidence, tested } of list.questions)
          terminal.data(
            `${message_id}  ${came} ${confidence.toFixed(2)}${tested ? '  tested' : ''}  ${question.replace(/\s+/g, ' ')}\n`,
          );
      }),
    );

  knowledge
    .command('test-question')
    .description('Makes an asked question one that must be found, in the document that its answer cites.')
    .argument('[message]', 'id of the answer, from "knowledge questions"')
    .option('--question <text>', 'a question of your own; needs --document')
    .option('--document <id>', 'another document that must be found')
    .option('--json', 'one JSON document')
    .action((message: string | undefined, options: Options & { document?: string; question?: string }) =>
      withBackend(options, async (backend, { terminal }) => {
        const body = {
          ...(message !== undefined && { message_id: message }),
          ...(options.question !== undefined && { question: options.question }),
          ...(options.document !== undefined && { document_id: options.document }),
        };
        const made = await backend.call('POST', '/api/v1/knowledge/regression-questions', body);
        if (options.json) terminal.json(made);
        else terminal.data(`${JSON.stringify(made)}\n`);
      }),
    );

  knowledge
    .command('why-not')
    .description('Why a document is not found by a question: what leaves it out, how far it came.')
    .argument('<document>')
    .argument('<question>')
    .option('--json', 'one JSON document')
    .action((document: string, question: string, options: Options) =>
      withBackend(options, async (backend, { terminal, signal }) => {
        const body = { query: question, document_id: document };
        const why = await backend.call<Static<typeof WHY_NOT>>(
          'POST',
          '/api/v1/search/why-not',
          body,
          signal,
        );
        if (options.json) return terminal.json(why);
        const needed = (score: number | null): string =>
          score === null ? '' : `, the last one taken had ${score.toFixed(3)}`;
        const { verdict, excluded_by: by, keyword, vector, reranked_rank: read, fused_rank: fused } = why;
        terminal.data(`${verdict.replace('_', ' ')}${by === null ? '' : ` by ${by}`}\n`);
        if (read !== null || fused !== null)
          terminal.data(`place: fused ${fused ?? '–'}, read ${read ?? '–'}\n`);
        if (keyword)
          terminal.data(
            `keyword: no. ${keyword.rank}, ${keyword.score.toFixed(3)}${needed(keyword.needed)}\n`,
          );
        if (vector) terminal.data(`vector: ${vector.score.toFixed(3)}${needed(vector.needed)}\n`);
        if (why.passage) terminal.data(`nearest: ${why.passage.heading_path}\n${why.passage.text}\n`);
      }),
    );
}
