import { Type } from '@sinclair/typebox';
import { addUser, changeUser, mayHandle, type UserTools } from '../../auth/manage-users.ts';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { principalOf } from '../plugins/staff-access.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { NEW_USER, USER, USER_CHANGE } from '../schemas/staff-schema.ts';
import { wireUser } from '../wire-staff.ts';

export function addUserRoutes(server: Server, app: App): void {
  const { users, signIns, signIn } = app.staff;
  const tools: UserTools = { users, signIns, passwords: signIn.passwords };
  const audit = app.staff.audit;

  server.get(
    '/api/v1/users',
    { schema: { response: { 200: Type.Object({ users: Type.Array(USER) }) } } },
    async () => ({ users: (await users.listUsers()).map(wireUser) }),
  );

  server.post(
    '/api/v1/users',
    { schema: { body: NEW_USER, response: { 201: USER } } },
    async (request, reply) => {
      const by = principalOf(request);
      const added = await addUser(by, request.body, tools);
      await audit(by, 'user-add', { user: added.id, role: added.role });
      return reply.status(201).send(wireUser(added));
    },
  );

  server.patch(
    '/api/v1/users/:id',
    { schema: { params: ID_PARAMETERS, body: USER_CHANGE, response: { 200: USER } } },
    async (request) => {
      const by = principalOf(request);
      const { password, ...change } = request.body;
      const { id } = request.params;
      const changed = await changeUser(
        by,
        id,
        { ...change, ...(password !== undefined && { password }) },
        tools,
      );
      if (changed.disabled || changed.role === 'viewer') await app.desk.staffLeft(id);
      await audit(by, 'user-change', { user: id, role: changed.role, disabled: changed.disabled });
      return wireUser(changed);
    },
  );

  server.delete(
    '/api/v1/users/:id/sessions',
    { schema: { params: ID_PARAMETERS } },
    async (request, reply) => {
      const { id } = request.params;
      const user = await users.getUser(id);
      if (!user) throw new AnswerboxError('user_not_found', { id });
      mayHandle(principalOf(request), user.role);
      await signIns.endAll(id);
      return reply.status(204).send();
    },
  );
}
