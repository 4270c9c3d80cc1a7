import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from '@sinclair/typebox';
import { isLoopback } from '../../auth/oidc-settings.ts';
import type { OidcSignIn } from '../../auth/oidc-sign-in.ts';
import type { SignedIn, Visitor } from '../../auth/sign-in.ts';
import type { App } from '../../app.ts';
import { AnswerboxError, hasCode } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import type { StaffCookies } from '../cookies.ts';
import { checkOrigin } from '../plugins/staff-access.ts';
import { CODE, OIDC_ANSWER, OIDC_BEGUN, OWN_SESSION } from '../schemas/staff-schema.ts';

/** The console's page that the provider leads back to; it sends the address's query to `finish`. */
const BACK = '/console/sign-in';

type Session = Static<typeof OWN_SESSION>;

export interface OidcRouteTools {
  cookies: StaffCookies;
  visitorOf: (request: FastifyRequest) => Visitor;
  /** Sets the session's cookies and tells of it. */
  welcome: (request: FastifyRequest, reply: FastifyReply, signedIn: SignedIn) => Promise<Session>;
}

/**
 * Signing in with the identity provider. The console begins and ends it by requests of its own page, so that every
 * cookie can stay one that no other site's page sends.
 */
export function addOidcRoutes(
  server: Server,
  app: App,
  { cookies, visitorOf, welcome }: OidcRouteTools,
): void {
  const under = '/api/v1/session/oidc';
  const response = { 200: OWN_SESSION };
  const oidcFor = (request: FastifyRequest): OidcSignIn => {
    checkOrigin(request, app.config.public_url);
    if (!app.staff.oidc) throw new AnswerboxError('oidc_off');
    return app.staff.oidc;
  };

  server.post(under, { schema: { response: { 200: OIDC_BEGUN } } }, async (request, reply) => {
    const oidc = oidcFor(request);
    const { url, ticket } = await oidc.begin(backOf(request, app.config.public_url), visitorOf(request));
    cookies.setTicket(reply, ticket);
    return { url };
  });

  server.post(`${under}/finish`, { schema: { body: OIDC_ANSWER, response } }, async (request, reply) => {
    const oidc = oidcFor(request);
    const ticket = cookies.readTicket(request);
    cookies.setTicket(reply, null);
    try {
      const outcome = await oidc.finish(ticket, request.body.query, visitorOf(request));
      if (outcome.kind === 'signed-in') return await welcome(request, reply, outcome.signedIn);
      void reply.removeHeader('set-cookie');
      cookies.setTicket(reply, outcome.ticket);
      throw new AnswerboxError('oidc_code_needed');
    } catch (error) {
      await noteRefusal(error, request);
      throw error;
    }
  });

  server.post(`${under}/code`, { schema: { body: CODE, response } }, async (request, reply) => {
    const oidc = oidcFor(request);
    const signedIn = await oidc.sendCode(cookies.readTicket(request), request.body.code, visitorOf(request));
    cookies.setTicket(reply, null);
    return welcome(request, reply, signedIn);
  });

  /** The audit says whom it was about and why; they themselves are not told why. */
  async function noteRefusal(error: unknown, request: FastifyRequest): Promise<void> {
    if (!(error instanceof AnswerboxError)) return;
    const { why, about } = error.details;
    request.auditDetail = {
      error: error.code,
      ...(hasCode(error, 'oidc_not_allowed') && {
        why: String(why),
        about: await app.staff.pseudonyms.of(String(about)),
      }),
    };
  }
}

/** Without `public_url` it works on this machine alone: who asks must not choose where codes are sent. */
function backOf(request: FastifyRequest, publicUrl: string): string {
  if (publicUrl !== '') return publicUrl + BACK;
  const own = `${request.protocol}://${request.host}`;
  if (!URL.canParse(own) || !isLoopback(new URL(own)))
    throw new AnswerboxError('config_bad_value', {
      key: 'public_url',
      found: '""',
      needed: 'the address of this server as the identity provider knows it',
    });
  return own + BACK;
}
