import { Readable } from 'node:stream';
import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { exportLines, personsOf, readHead } from '../../audit/read-audit.ts';
import type { AuditRecord } from '../../stores/contracts.ts';
import type { Server } from '../build-server.ts';
import { orNull } from '../schemas/desk-schema.ts';

const HEAD = Type.Object({ sequence: Type.Integer(), hash: Type.String() });
const LINE = Type.Object({
  sequence: Type.Integer(),
  at: Type.String(),
  actor: Type.String({ description: 'person, key, conversation or machine; persons by pseudonym' }),
  name: orNull(Type.String({ description: 'of the user behind the pseudonym, while there is one' })),
  action: Type.String(),
  outcome: Type.String(),
  code: orNull(Type.String()),
  detail: Type.Record(Type.String(), Type.Unknown()),
});
const VERDICT = Type.Object({
  lines: Type.Integer(),
  first_bad: orNull(Type.Integer({ description: 'first line that was changed or is missing' })),
  head: Type.Union([HEAD, Type.Null()], { description: 'keep it elsewhere, to compare with later' }),
  trimmed: Type.Integer({ description: 'lines up to this one were removed because of their age' }),
});

/** What was done, for owners and admins; reading it is a line of its own. */
export function addAuditRoutes(server: Server, app: App): void {
  const { auditStore, pseudonyms, users } = app.staff;

  server.get(
    '/api/v1/audit',
    {
      schema: {
        querystring: Type.Object({
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
          before: Type.Optional(Type.Integer({ minimum: 1, description: 'next_before of the page before' })),
          action: Type.Optional(Type.String({ maxLength: 200 })),
          user: Type.Optional(Type.String({ maxLength: 100, description: 'id of a user: what they did' })),
          about: Type.Optional(
            Type.String({
              maxLength: 320,
              description: 'id of a customer, user or thread: what was done with it',
            }),
          ),
        }),
        response: { 200: Type.Object({ lines: Type.Array(LINE), next_before: orNull(Type.Integer()) }) },
      },
    },
    async ({ query: { limit = 100, before, action, user, about } }) => {
      const lines = await auditStore.list({
        limit,
        ...(before !== undefined && { before }),
        ...(action !== undefined && { action }),
        ...(user !== undefined && { actor: `person ${await pseudonyms.of(user)}` }),
        ...(about !== undefined && { about: /^\d+$/.test(about) ? about : await pseudonyms.of(about) }),
      });
      const names = await personsOf(await users.listUsers(), pseudonyms);
      return {
        lines: lines.map((line) => wireLine(line, names)),
        next_before: lines.length === limit ? (lines.at(-1)?.sequence ?? null) : null,
      };
    },
  );

  server.get(
    '/api/v1/audit/verify',
    {
      schema: {
        querystring: Type.Object({
          head: Type.Optional(
            Type.String({ maxLength: 100, description: 'a head that was kept elsewhere, SEQUENCE:HASH' }),
          ),
        }),
        response: { 200: VERDICT },
      },
    },
    async ({ query: { head } }) => {
      const { firstBad, ...verdict } = await auditStore.verify(
        head === undefined ? undefined : readHead(head),
      );
      return { ...verdict, first_bad: firstBad };
    },
  );

  server.get(
    '/api/v1/audit/export',
    {
      schema: {
        querystring: Type.Object({
          after: Type.Optional(Type.Integer({ minimum: 0, description: 'only lines after this one' })),
        }),
      },
    },
    async (request, reply) =>
      reply
        .headers({
          'content-type': 'application/x-ndjson; charset=utf-8',
          'content-disposition': 'attachment; filename="audit.jsonl"',
          'cache-control': 'no-store',
        })
        .send(Readable.from(exportLines(auditStore, request.query.after), { objectMode: false })),
  );
}

function wireLine(line: AuditRecord, names: ReadonlyMap<string, string>) {
  return { ...line, name: names.get(line.actor) ?? null };
}
