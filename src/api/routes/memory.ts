import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';

const REQUEST = Type.Object({
  identity: Type.String({
    description: 'who the customer is: a token (JWT) signed by the shop',
    maxLength: 16_000,
  }),
  consent: Type.Optional(
    Type.Boolean({
      description:
        'true: facts may be kept for later conversations; false: all are erased; left out: only shown',
    }),
  ),
});

const MEMORY = Type.Object({
  consent: Type.Boolean(),
  facts: Type.Array(Type.Object({ name: Type.String(), value: Type.String(), noted_at: Type.String() })),
});

/** What a customer agreed to have remembered: theirs to see, to allow and to erase. */
export function addMemoryRoutes(server: Server, app: App): void {
  server.post(
    '/api/v1/memory',
    { schema: { body: REQUEST, response: { 200: MEMORY } } },
    async ({ body: { identity, consent } }, reply) => {
      const { subject } = await app.identify(identity);
      const { customers } = app.memory;
      if (consent !== undefined) await customers.setConsent(subject, consent);
      const facts = await customers.facts(subject);
      void reply.header('cache-control', 'no-store');
      return {
        consent: await customers.hasConsent(subject),
        facts: facts.map(({ name, value, notedAt }) => ({ name, value, noted_at: notedAt })),
      };
    },
  );
}
