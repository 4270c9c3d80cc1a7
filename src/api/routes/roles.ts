import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { putRole } from '../../auth/manage-roles.ts';
import { PERMISSIONS, ROLES } from '../../auth/route-access.ts';
import { AnswerboxError } from '../../errors.ts';
import type { RoleRecord } from '../../stores/staff-contracts.ts';
import type { Server } from '../build-server.ts';
import { principalOf } from '../plugins/staff-access.ts';
import { CUSTOM_ROLE, CUSTOM_ROLE_CHANGE, ROLE_NAME } from '../schemas/staff-schema.ts';

const NAME = Type.Object({ name: ROLE_NAME });

/** Roles of the owner's own, beside the four that are built in. */
export function addRoleRoutes(server: Server, app: App): void {
  const { roles, signIns } = app.staff;

  server.get(
    '/api/v1/roles',
    {
      schema: {
        response: {
          200: Type.Object({
            permissions: Type.Array(Type.String()),
            built_in: Type.Record(Type.String(), Type.Array(Type.String())),
            roles: Type.Array(CUSTOM_ROLE),
          }),
        },
      },
    },
    async () => ({
      permissions: [...PERMISSIONS],
      built_in: Object.fromEntries(Object.entries(ROLES).map(([name, may]) => [name, [...may]])),
      roles: (await roles.list()).map(wireRole),
    }),
  );

  server.put(
    '/api/v1/roles/:name',
    { schema: { params: NAME, body: CUSTOM_ROLE_CHANGE, response: { 200: CUSTOM_ROLE } } },
    async (request) => {
      const { permissions } = request.body;
      request.auditDetail = { permissions: permissions.join(' ') };
      const role = { name: request.params.name, permissions };
      return wireRole(await putRole(principalOf(request), role, { roles, signIns }));
    },
  );

  server.delete('/api/v1/roles/:name', { schema: { params: NAME } }, async (request, reply) => {
    const { name } = request.params;
    if (!(await roles.remove(name))) throw new AnswerboxError('role_not_found', { name });
    return reply.status(204).send();
  });
}

function wireRole({ name, permissions, updatedAt }: RoleRecord) {
  return { name, permissions, updated_at: updatedAt };
}
