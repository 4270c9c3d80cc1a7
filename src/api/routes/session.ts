import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from '@sinclair/typebox';
import { AUTH } from '../../auth/auth-settings.ts';
import type { Principal } from '../../auth/principal.ts';
import type { SignedIn, Visitor } from '../../auth/sign-in.ts';
import type { UserRecord } from '../../stores/staff-contracts.ts';
import { csrfTokenOf } from '../../auth/tokens.ts';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import type { StaffCookies } from '../cookies.ts';
import { checkOrigin, principalOf, type StaffCheck } from '../plugins/staff-access.ts';
import { ID_PARAMETERS } from '../schemas/knowledge-schema.ts';
import {
  CODE,
  NEW_PASSWORD,
  OWN_SESSION,
  PREFERENCES,
  PROOF,
  RECOVERY_CODES,
  SETUP,
  SIGN_IN,
  SIGN_IN_ENTRY,
  NEW_SECOND_FACTOR,
} from '../schemas/staff-schema.ts';
import { wireSignIn, wireUser } from '../wire-staff.ts';
import { addOidcRoutes } from './session-oidc.ts';

/** Bytes of JSON that the console may keep for a person. */
const PREFERENCES_BYTES = 16_384;

export function addSessionRoutes(server: Server, app: App, staff: StaffCheck, cookies: StaffCookies): void {
  const { signIn, users, signIns } = app.staff;
  const visitorOf = (request: FastifyRequest): Visitor => ({
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    device: cookies.readDevice(request),
  });
  const show = async (principal: Principal | null, csrfToken = principal?.csrfToken ?? null) => ({
    signed_in: principal?.user != null,
    setup_needed: (await users.countUsers()) === 0,
    user: principal?.user ? { ...wireUser(principal.user), preferences: principal.user.preferences } : null,
    permissions: principal ? [...principal.permissions] : [],
    csrf_token: csrfToken,
    expires_at: principal?.signIn?.expiresAt ?? null,
    second_factor: principal?.user ? await secondFactorOf(principal.user, principal.signIn) : null,
    sign_in_with: app.staff.oidc?.name ?? null,
  });
  const secondFactorOf = async (user: UserRecord, session: Principal['signIn']) => ({
    on: user.secondFactor,
    needed: signIn.isLocked(user, session),
    recovery_codes_left: user.secondFactor ? await signIn.secondFactors.countRecoveryCodes(user.id) : 0,
  });
  const welcome = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { principal, token, deviceMark }: SignedIn,
  ) => {
    // A session that this browser had before ends: whoever planted its cookie is left with nothing.
    const before = cookies.readSession(request);
    const old = before === null ? null : await signIn.find(before);
    if (old) await signIn.signOut(old);
    request.principal = principal;
    cookies.setSession(reply, token);
    cookies.setDevice(reply, deviceMark);
    return show(principal);
  };
  const response = { 200: OWN_SESSION };
  server.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url?.startsWith('/api/v1/session'))
      void reply.header('cache-control', 'no-store');
  });

  server.get('/api/v1/session', { schema: { response } }, async (request, reply) => {
    const principal = await staff.find(request);
    const fresh = principal && (await signIn.rotate(principal));
    if (!fresh) return show(principal);
    cookies.setSession(reply, fresh);
    return show(principal, csrfTokenOf(fresh));
  });

  server.post('/api/v1/session/setup', { schema: { body: SETUP, response } }, async (request, reply) => {
    checkOrigin(request, app.config.public_url);
    return welcome(request, reply, await signIn.setUp(request.body, visitorOf(request)));
  });

  server.post('/api/v1/session', { schema: { body: SIGN_IN, response } }, async (request, reply) => {
    checkOrigin(request, app.config.public_url);
    return welcome(request, reply, await signIn.signIn(request.body, visitorOf(request)));
  });

  server.delete('/api/v1/session', async (request, reply) => {
    await signIn.signOut(principalOf(request));
    cookies.setSession(reply, null);
    return reply.status(204).send();
  });

  server.post(
    '/api/v1/session/password',
    { schema: { body: NEW_PASSWORD, response } },
    async (request, reply) => {
      const { new_password: fresh, ...proof } = request.body;
      const signedIn = await signIn.changePassword(principalOf(request), proof, fresh, visitorOf(request));
      return welcome(request, reply, signedIn);
    },
  );

  addSecondFactorRoutes();
  addOidcRoutes(server, app, { cookies, visitorOf, welcome });

  server.put('/api/v1/session/preferences', { schema: { body: PREFERENCES } }, async (request, reply) => {
    if (JSON.stringify(request.body).length > PREFERENCES_BYTES)
      throw new AnswerboxError('request_too_large', { limit: PREFERENCES_BYTES });
    await users.setPreferences(principalOf(request).id, request.body);
    return reply.status(204).send();
  });

  server.get(
    '/api/v1/session/list',
    { schema: { response: { 200: Type.Object({ sessions: Type.Array(SIGN_IN_ENTRY) }) } } },
    async (request) => {
      const principal = principalOf(request);
      const limits = { at: Date.now(), idleSeconds: AUTH.idleSeconds };
      const own = await signIns.list(principal.id, limits);
      return { sessions: own.map((entry) => wireSignIn(entry, entry.id === principal.signIn?.id)) };
    },
  );

  server.delete('/api/v1/session/list/:id', { schema: { params: ID_PARAMETERS } }, async (request, reply) => {
    if (!(await signIns.end(principalOf(request).id, request.params.id)))
      throw new AnswerboxError('not_found', { what: 'session of yours with this id' });
    return reply.status(204).send();
  });

  function addSecondFactorRoutes(): void {
    const { secondFactors } = signIn;
    const under = '/api/v1/session/second-factor';

    server.post(under, { schema: { body: PROOF, response: { 200: NEW_SECOND_FACTOR } } }, async (request) =>
      secondFactors.begin(await signIn.prove(principalOf(request), request.body, visitorOf(request))),
    );

    server.post(
      `${under}/confirm`,
      { schema: { body: CODE, response: { 200: Type.Intersect([OWN_SESSION, RECOVERY_CODES]) } } },
      async (request, reply) => {
        const { user, signIn: session } = principalOf(request);
        if (!user) throw new AnswerboxError('unauthorized');
        const codes = await secondFactors.confirm(user, request.body.code);
        // What was signed in with the password alone is over, here too.
        const signedIn = await signIn.renew(
          { ...user, secondFactor: true },
          visitorOf(request),
          session?.method,
        );
        return { ...(await welcome(request, reply, signedIn)), recovery_codes: codes };
      },
    );

    server.post(
      `${under}/recovery-codes`,
      { schema: { body: PROOF, response: { 200: RECOVERY_CODES } } },
      async (request) => {
        const user = await signIn.prove(principalOf(request), request.body, visitorOf(request));
        if (!user.secondFactor)
          throw new AnswerboxError('not_found', { what: 'second factor of yours that is in force' });
        return { recovery_codes: await secondFactors.renewRecoveryCodes(user.id) };
      },
    );

    server.post(`${under}/remove`, { schema: { body: PROOF, response } }, async (request, reply) => {
      const user = await signIn.prove(principalOf(request), request.body, visitorOf(request));
      await secondFactors.remove(user.id);
      const signedIn = await signIn.renew({ ...user, secondFactor: false }, visitorOf(request));
      return welcome(request, reply, signedIn);
    });
  }
}
