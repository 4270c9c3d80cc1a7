import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { readEditable } from '../../ingest/edit-text.ts';
import type { Server } from '../build-server.ts';
import { EDITABLE_TEXT, ENABLED, ID_PARAMETERS, NEW_ORIGINAL } from '../schemas/knowledge-schema.ts';

const PASSAGE_PARAMETERS = Type.Object({
  id: ID_PARAMETERS.properties.id,
  passage: Type.Integer({ minimum: 1 }),
});
const ACCEPTED = Type.Object({ job_id: Type.String() });

/** Writing a document's text anew, and keeping it or a passage of it from being retrieved. */
export function addDocumentChangeRoutes(server: Server, app: App): void {
  server.get(
    '/api/v1/documents/:id/written',
    { schema: { params: ID_PARAMETERS, response: { 200: EDITABLE_TEXT } } },
    async ({ params: { id } }) => readEditable(id, app),
  );

  server.put(
    '/api/v1/documents/:id/written',
    {
      // A text of the largest document; as JSON it may be a little longer.
      bodyLimit: app.config.max_request_bytes,
      schema: { params: ID_PARAMETERS, body: EDITABLE_TEXT, response: { 202: ACCEPTED } },
    },
    async ({ params: { id }, body }, reply) =>
      reply.status(202).send({ job_id: await app.editText(id, body) }),
  );

  server.put(
    '/api/v1/documents/:id/original',
    {
      bodyLimit: app.config.max_request_bytes,
      schema: { params: ID_PARAMETERS, body: NEW_ORIGINAL, response: { 202: ACCEPTED } },
    },
    async ({ params: { id }, body: { name, base64, sha256 } }, reply) => {
      const file = { name, bytes: Buffer.from(base64, 'base64'), sha256 };
      return reply.status(202).send({ job_id: await app.replaceOriginal(id, file) });
    },
  );

  server.put(
    '/api/v1/documents/:id/enabled',
    { schema: { params: ID_PARAMETERS, body: ENABLED } },
    async (request, reply) => {
      const { enabled } = request.body;
      request.auditDetail = { enabled };
      await app.setDocumentEnabled(request.params.id, enabled);
      return reply.status(204).send();
    },
  );

  server.put(
    '/api/v1/documents/:id/chunks/:passage/enabled',
    { schema: { params: PASSAGE_PARAMETERS, body: ENABLED } },
    async (request, reply) => {
      const { id, passage } = request.params;
      const { enabled } = request.body;
      request.auditDetail = { passage, enabled };
      await app.setPassageEnabled(id, passage, enabled);
      return reply.status(204).send();
    },
  );
}
