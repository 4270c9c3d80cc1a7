import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';
import { MODEL_CHANGE } from '../schemas/owner-schema.ts';

const NULLABLE_TEXT = Type.Union([Type.String(), Type.Null()]);
const STATE = Type.Object({
  running: Type.Boolean(),
  failure: NULLABLE_TEXT,
  model_change: MODEL_CHANGE,
  last: Type.Union([
    Type.Object({
      at: Type.String(),
      merged: Type.Integer(),
      erased: Type.Integer(),
      jobs_forgotten: Type.Integer(),
      bytes_before: Type.Integer(),
      bytes_after: Type.Integer(),
      seconds: Type.Number(),
    }),
    Type.Null(),
  ]),
});

/** Upkeep of the indexes, by hand; in the quiet hours it runs by itself. */
export function addMaintenanceRoutes(server: Server, app: App): void {
  const state = () => {
    const { running, failure, last } = app.upkeep.state();
    const base = { running, failure, model_change: app.modelChange() };
    if (last === null) return { ...base, last };
    const { jobsForgotten, bytesBefore, bytesAfter, ...rest } = last;
    const wire = { jobs_forgotten: jobsForgotten, bytes_before: bytesBefore, bytes_after: bytesAfter };
    return { ...base, last: { ...rest, ...wire } };
  };
  server.get('/api/v1/maintenance', { schema: { response: { 200: STATE } } }, async () => state());
  server.post(
    '/api/v1/maintenance',
    {
      schema: {
        body: Type.Optional(
          Type.Union([
            Type.Object({
              rewrite: Type.Optional(
                Type.Boolean({
                  description: 'write the database anew as well: nothing else goes on meanwhile',
                }),
              ),
            }),
            Type.Null(),
          ]),
        ),
        response: { 202: STATE },
      },
    },
    async ({ body }, reply) => {
      app.upkeep.begin({ rewrite: body?.rewrite ?? false });
      return reply.status(202).send(state());
    },
  );
}
