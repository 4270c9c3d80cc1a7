import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';

export const READINESS = Type.Object({
  ready: Type.Boolean(),
  models: Type.String({ description: 'starting, ready, restarting, failed or stopped' }),
  documents: Type.Integer(),
  chunks: Type.Integer(),
  indexed: Type.Integer({ description: 'chunks in the vector index' }),
  backup: Type.Object({
    last_at: Type.Union([Type.String(), Type.Null()]),
    verified_at: Type.Union([Type.String(), Type.Null()], {
      description: 'when one was last read back whole; null: never',
    }),
    overdue: Type.Boolean({ description: 'older than its schedule allows' }),
  }),
  faults: Type.Array(
    Type.Object({
      part: Type.String({ description: 'store, disk, memory, index, generator, clock or backup' }),
      state: Type.String({ description: 'failing, or healed: nothing to do' }),
      message: Type.String(),
      since: Type.String(),
    }),
    { description: 'what works worse than it should while the rest goes on' },
  ),
});

const SHOP = Type.Object({
  name: Type.String(),
  tagline: Type.String(),
  email: Type.Union([Type.String(), Type.Null()]),
  phone: Type.Union([Type.String(), Type.Null()]),
  suggested_questions: Type.Array(Type.String()),
  version: Type.String(),
});

export function addHealthRoutes(server: Server, app: App): void {
  server.get(
    '/healthz',
    { schema: { response: { 200: Type.Object({ status: Type.String() }) } } },
    async () => ({ status: 'ok' }),
  );

  server.get(
    '/readyz',
    { schema: { response: { 200: READINESS, 503: READINESS } } },
    async (_request, reply) => {
      // A database that cannot be read must not keep this from telling so.
      const counted = await app.knowledge.counts().catch((error: unknown) => {
        app.faults.notice(error);
        return { documents: 0, chunks: 0 };
      });
      const { documents, chunks } = counted;
      const { state } = app.models.health();
      const ready = state === 'ready';
      return reply.status(ready ? 200 : 503).send({
        ready,
        models: state,
        documents,
        chunks,
        indexed: app.vectors.size,
        backup: await app.backups.state(),
        faults: app.faults.list(),
      });
    },
  );

  server.get('/api/v1/shop', { schema: { response: { 200: SHOP } } }, async () => {
    const { name, tagline = '', suggested_questions = [] } = app.shop.profile();
    return { ...app.shop.contact(), name, tagline, suggested_questions, version: app.version };
  });
}
