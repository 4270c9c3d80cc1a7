import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { KNOWLEDGE_SOURCE } from '../schemas/job-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { wireSource } from '../wire-jobs.ts';

const INTERVAL = Type.Object({
  every_hours: Type.Union([Type.Number({ minimum: 0.1, maximum: 8760 }), Type.Null()]),
});

/** Sites and folders that documents come from by themselves. */
export function addKnowledgeSourceRoutes(server: Server, app: App): void {
  const { sources, visits } = app;
  const findSource = async (id: string) => {
    const source = await sources.getSource(id);
    if (!source) throw new AnswerboxError('source_not_found', { id });
    return source;
  };

  server.get(
    '/api/v1/knowledge/sources',
    { schema: { response: { 200: Type.Object({ sources: Type.Array(KNOWLEDGE_SOURCE) }) } } },
    async () => ({ sources: (await sources.listSources()).map(wireSource) }),
  );

  server.get(
    '/api/v1/knowledge/sources/:id',
    { schema: { params: ID_PARAMETERS, response: { 200: KNOWLEDGE_SOURCE } } },
    async ({ params: { id } }) => wireSource(await findSource(id)),
  );

  server.post(
    '/api/v1/knowledge/sources/:id/visit',
    { schema: { params: ID_PARAMETERS, response: { 202: Type.Object({ job_id: Type.String() }) } } },
    async ({ params: { id } }, reply) =>
      reply.status(202).send({ job_id: await visits.visit(await findSource(id)) }),
  );

  server.patch(
    '/api/v1/knowledge/sources/:id',
    { schema: { params: ID_PARAMETERS, body: INTERVAL, response: { 200: KNOWLEDGE_SOURCE } } },
    async ({ params: { id }, body: { every_hours } }) => {
      await findSource(id);
      await sources.setInterval(id, every_hours);
      return wireSource(await findSource(id));
    },
  );

  // Its documents go with it.
  server.delete(
    '/api/v1/knowledge/sources/:id',
    { schema: { params: ID_PARAMETERS, response: { 200: Type.Object({ removed: Type.Integer() }) } } },
    async ({ params: { id } }) => {
      const { lastJobId } = await findSource(id);
      if (lastJobId !== null && (await app.jobs.cancelJob(lastJobId))) app.queue.interrupt(lastJobId);
      return { removed: await app.removeSource(id) };
    },
  );
}
