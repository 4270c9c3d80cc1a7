import type { FastifyRequest } from 'fastify';
import { Type } from '@sinclair/typebox';
import { AUTH } from '../../auth/auth-settings.ts';
import { addUser, changeUser, mayHandleUser, type UserTools } from '../../auth/manage-users.ts';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { UserRecord } from '../../stores/staff-contracts.ts';
import type { Server } from '../build-server.ts';
import { principalOf } from '../plugins/staff-access.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import { NEW_USER, SIGN_IN_ENTRY, USER, USER_CHANGE } from '../schemas/staff-schema.ts';
import { wireSignIn, wireUser } from '../wire-staff.ts';

export function addUserRoutes(server: Server, app: App): void {
  const { users, signIns, signIn, roles } = app.staff;
  const tools: UserTools = { users, signIns, roles, passwords: signIn.passwords, pauses: signIn.pauses };
  const userOrThrow = async (request: FastifyRequest, id: string): Promise<UserRecord> => {
    const user = await users.getUser(id);
    if (!user) throw new AnswerboxError('user_not_found', { id });
    mayHandleUser(principalOf(request), user);
    return user;
  };

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
      request.auditDetail = { role: added.role };
      return reply.status(201).send(wireUser(added));
    },
  );

  server.patch(
    '/api/v1/users/:id',
    { schema: { params: ID_PARAMETERS, body: USER_CHANGE, response: { 200: USER } } },
    async (request) => {
      const by = principalOf(request);
      const { password, custom_role: customRole, ...change } = request.body;
      const { id } = request.params;
      const changed = await changeUser(
        by,
        id,
        {
          ...change,
          ...(customRole !== undefined && { customRole }),
          ...(password !== undefined && { password }),
        },
        tools,
      );
      if (changed.disabled || changed.role === 'viewer') await app.desk.staffLeft(id);
      request.auditDetail = {
        role: changed.role,
        disabled: changed.disabled,
        fields: Object.keys(request.body).join(' '),
      };
      return wireUser(changed);
    },
  );

  server.delete(
    '/api/v1/users/:id/sessions',
    { schema: { params: ID_PARAMETERS } },
    async (request, reply) => {
      await signIns.endAll((await userOrThrow(request, request.params.id)).id);
      return reply.status(204).send();
    },
  );

  server.get(
    '/api/v1/users/:id/sessions',
    {
      schema: {
        params: ID_PARAMETERS,
        response: { 200: Type.Object({ sessions: Type.Array(SIGN_IN_ENTRY) }) },
      },
    },
    async (request) => {
      const { id } = await userOrThrow(request, request.params.id);
      const all = await signIns.list(id, { at: Date.now(), idleSeconds: AUTH.idleSeconds });
      return {
        sessions: all.map((entry) => wireSignIn(entry, entry.id === principalOf(request).signIn?.id)),
      };
    },
  );

  // For who is kept out after wrong passwords, their own or a stranger's.
  server.delete('/api/v1/users/:id/pauses', { schema: { params: ID_PARAMETERS } }, async (request, reply) => {
    const { email } = await userOrThrow(request, request.params.id);
    await signIn.pauses.clear(email);
    return reply.status(204).send();
  });

  // For who lost both device and codes; their sessions end, and their password stays.
  server.delete(
    '/api/v1/users/:id/second-factor',
    { schema: { params: ID_PARAMETERS } },
    async (request, reply) => {
      const { id } = await userOrThrow(request, request.params.id);
      await signIn.secondFactors.remove(id);
      await signIns.endAll(id);
      return reply.status(204).send();
    },
  );
}
