import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { listOf } from '../../text/list-of.ts';
import { AnswerboxError } from '../../errors.ts';
import type { GivenScope } from '../../ingest/ingest-types.ts';
import type { Server } from '../build-server.ts';
import { readScopeFields } from '../read-scope-fields.ts';
import { KNOWLEDGE_SOURCE, SOURCE_CHANGE, SOURCE_LIST } from '../schemas/job-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { wireSource } from '../wire-jobs.ts';

/** Sites and folders that documents come from by themselves. */
export function addKnowledgeSourceRoutes(server: Server, app: App): void {
  const { sources, visits } = app;
  const findSource = async (id: string) => {
    const source = await sources.getSource(id);
    if (!source) throw new AnswerboxError('source_not_found', { id });
    return source;
  };

  server.get('/api/v1/knowledge/sources', { schema: { response: { 200: SOURCE_LIST } } }, async () => ({
    sources: (await sources.listSources()).map(wireSource),
    private_hosts: listOf(app.config.crawl_private_hosts),
  }));

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
    { schema: { params: ID_PARAMETERS, body: SOURCE_CHANGE, response: { 200: KNOWLEDGE_SOURCE } } },
    async (request) => {
      const { depth, pages, include, exclude, every_hours: everyHours, ...said } = request.body;
      request.auditDetail = { changed: Object.keys(request.body).join(', ') };
      // The check of the body makes '' of null: both take back what was given.
      const given = Object.entries(said).map(([field, value]) => [field, value === '' ? null : value]);
      return wireSource(
        await visits.change(request.params.id, {
          ...(depth !== undefined && { depth }),
          ...(pages !== undefined && { pages }),
          ...(include && { include }),
          ...(exclude && { exclude }),
          ...(everyHours !== undefined && { everyHours }),
          scope: readScopeFields(Object.fromEntries(given) as GivenScope),
        }),
      );
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
