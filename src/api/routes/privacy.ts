import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';
import { orNull } from '../schemas/desk-schema.ts';

const WHO = Type.Object(
  {
    customer: Type.String({
      minLength: 1,
      maxLength: 320,
      description: 'id, e-mail address or number of a customer',
    }),
  },
  { additionalProperties: false },
);
const COUNTS = Type.Record(Type.String(), Type.Integer());
const PLAN = Type.Object({
  person: Type.String({ description: 'how the audit knows the person' }),
  held: COUNTS,
  facts: Type.Integer(),
  documents: Type.Integer({
    description: 'documents of yours that name the person; never changed from here',
  }),
});
const RECEIPT = Type.Object({
  person: Type.String(),
  erased_at: Type.String(),
  removed: COUNTS,
  backups: Type.Array(
    Type.Object({
      name: Type.String(),
      made_at: Type.String(),
      goes_at: orNull(Type.String({ description: 'when it is rotated out; null: never by itself' })),
    }),
    { description: 'backups by schedule made before, in which the person may be still' },
  ),
  not_covered: Type.Array(Type.String()),
});
const RETENTION = Type.Object({
  rows: Type.Array(
    Type.Object({
      class: Type.String(),
      days: Type.Integer(),
      before: orNull(Type.String()),
      rows: Type.Integer(),
    }),
  ),
  conversations: Type.Integer(),
  ran_at: orNull(Type.String({ description: 'when a run last came to its end; null: none ever did' })),
  held: Type.Boolean({ description: 'it would remove more than usual: run it with "confirmed"' }),
});

/** Persons and how long anything is kept. Asked by POST, so that nobody's address is in an address. */
export function addPrivacyRoutes(server: Server, app: App): void {
  server.post(
    '/api/v1/privacy/plan',
    { schema: { body: WHO, response: { 200: PLAN } } },
    async (request, reply) => {
      const plan = await app.privacy.plan(request.body.customer);
      request.auditDetail = { about: plan.person };
      void reply.header('cache-control', 'no-store');
      return plan;
    },
  );

  server.post('/api/v1/privacy/export', { schema: { body: WHO } }, async (request, reply) => {
    const found = await app.privacy.export(request.body.customer);
    request.auditDetail = { about: found.person };
    return reply
      .headers({
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="person.json"',
        'cache-control': 'no-store',
      })
      .send(JSON.stringify(found, null, 2));
  });

  server.post(
    '/api/v1/privacy/erase',
    {
      schema: {
        body: Type.Object(
          {
            ...WHO.properties,
            confirmed: Type.Literal(true, { description: 'after a look at the plan' }),
          },
          { additionalProperties: false },
        ),
        response: { 200: RECEIPT },
      },
    },
    async (request) => {
      const receipt = await app.privacy.erase(request.body.customer);
      request.auditDetail = { about: receipt.person };
      return receipt;
    },
  );

  server.get('/api/v1/privacy/retention', { schema: { response: { 200: RETENTION } } }, async () =>
    app.privacy.planRetention(),
  );

  server.post(
    '/api/v1/privacy/retention',
    {
      schema: {
        body: Type.Object({ confirmed: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
        response: { 200: Type.Object({ removed: COUNTS }) },
      },
    },
    async (request) => {
      const removed = await app.privacy.runRetention({ confirmed: request.body.confirmed === true });
      request.auditDetail = removed;
      return { removed };
    },
  );
}
