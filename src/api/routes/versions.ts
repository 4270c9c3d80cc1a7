import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { DOCUMENT_VERSION } from '../schemas/job-schema.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { wireVersion } from '../wire-jobs.ts';

const VERSION_PARAMETERS = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 100 }),
  version: Type.Integer({ minimum: 1 }),
});

/** What a document was before it changed, and bringing that back. */
export function addVersionRoutes(server: Server, app: App): void {
  server.get(
    '/api/v1/documents/:id/versions',
    {
      schema: {
        params: ID_PARAMETERS,
        response: { 200: Type.Object({ versions: Type.Array(DOCUMENT_VERSION) }) },
      },
    },
    async ({ params: { id } }) => {
      if (!(await app.knowledge.getDocument(id))) throw new AnswerboxError('document_not_found', { id });
      return { versions: (await app.versions.listVersions(id)).map(wireVersion) };
    },
  );

  // Sent as a download: an uploaded page must never run in our origin.
  server.get(
    '/api/v1/documents/:id/versions/:version/original',
    { schema: { params: VERSION_PARAMETERS } },
    async ({ params: { id, version } }, reply) => {
      const found = await app.versions.getVersion(id, version);
      if (!found) throw new AnswerboxError('version_not_found', { id, version });
      return reply
        .headers({ 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' })
        .send(Buffer.from(found.original));
    },
  );

  // Becomes the current one by a job, as any other change does; what is current now becomes a version.
  server.post(
    '/api/v1/documents/:id/versions/:version/restore',
    { schema: { params: VERSION_PARAMETERS, response: { 202: Type.Object({ job_id: Type.String() }) } } },
    async ({ params: { id, version } }, reply) =>
      reply.status(202).send({ job_id: await app.restoreVersion(id, version) }),
  );
}
