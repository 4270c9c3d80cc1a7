import { Type } from '@sinclair/typebox';
import { makeKey } from '../../auth/make-key.ts';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { principalOf } from '../plugins/staff-access.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { API_KEY, NEW_API_KEY } from '../schemas/staff-schema.ts';
import { wireApiKey } from '../wire-staff.ts';

/** Keys of programs. The admin key is none of these: the command line alone replaces it. */
export function addKeyRoutes(server: Server, app: App): void {
  const { apiKeys } = app.staff;

  server.get(
    '/api/v1/keys',
    { schema: { response: { 200: Type.Object({ keys: Type.Array(API_KEY) }) } } },
    async () => ({ keys: (await apiKeys.list()).map(wireApiKey) }),
  );

  server.post(
    '/api/v1/keys',
    {
      schema: {
        body: NEW_API_KEY,
        response: { 201: Type.Intersect([API_KEY, Type.Object({ key: Type.String() })]) },
      },
    },
    async (request, reply) => {
      const by = principalOf(request);
      const {
        name,
        permissions,
        expires_at: expiresAt,
        requests_per_minute: requestsPerMinute,
      } = request.body;
      const { plain, record } = await makeKey(
        by,
        {
          name,
          permissions,
          ...(expiresAt !== undefined && { expiresAt }),
          ...(requestsPerMinute !== undefined && { requestsPerMinute }),
        },
        apiKeys,
      );
      request.auditDetail = { key: record.id, permissions: permissions.join(' ') };
      return reply
        .status(201)
        .header('cache-control', 'no-store')
        .send({ ...wireApiKey(record), key: plain });
    },
  );

  server.delete('/api/v1/keys/:id', { schema: { params: ID_PARAMETERS } }, async (request, reply) => {
    const { id } = request.params;
    if (!(await apiKeys.remove(id))) throw new AnswerboxError('key_not_found', { id });
    request.auditDetail = { key: id };
    return reply.status(204).send();
  });
}
