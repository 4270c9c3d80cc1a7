import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { auditOf } from '../../audit/audited-routes.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Pseudonyms } from '../../audit/pseudonyms.ts';
import type { Principal } from '../../auth/principal.ts';
import { networkOf } from '../../auth/sign-in-pauses.ts';
import { accessOf } from '../../auth/route-access.ts';
import type { AuditEntry } from '../../stores/contracts.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What a route adds to its line of the audit: never a text that somebody wrote. */
    auditDetail: AuditEntry['detail'] | null;
  }
}

export interface AuditHookTools {
  trail: AuditTrail;
  pseudonyms: Pseudonyms;
}

/**
 * One place writes what staff and programs do, by the access table and the list of what is quiet: a route cannot
 * forget it. The answer waits until its line is on the disk; customers' routes never come here.
 */
export function addAuditHook(server: FastifyInstance, { trail, pseudonyms }: AuditHookTools): void {
  server.decorateRequest('auditDetail', null);
  server.addHook('onSend', async (request, reply, payload) => {
    const route = request.routeOptions.url;
    if (route === undefined) return payload;
    const open = accessOf(request.method, route) === 'everyone';
    const caller = request.principal;
    const kind = auditOf(request.method, route, caller?.kind ?? null, open);
    if (kind === null) return payload;
    const entry = await lineOf(request, reply, route, pseudonyms);
    if (caller === null) await trail.stranger(entry);
    else if (kind === 'look') await trail.look(entry);
    else await trail.write(entry);
    return payload;
  });
}

async function lineOf(
  request: FastifyRequest,
  reply: FastifyReply,
  route: string,
  pseudonyms: Pseudonyms,
): Promise<AuditEntry> {
  const about = await aboutOf(request, pseudonyms);
  return {
    actor: await actorOf(request.principal, request, pseudonyms),
    action: `${request.method} ${route}`,
    outcome: outcomeOf(reply.statusCode),
    code: reply.statusCode < 400 ? null : String(reply.statusCode),
    detail: { ...(about !== null && { about }), request: request.id, ...request.auditDetail },
  };
}

/** Persons by pseudonym; a key by its id, which no person shares. */
async function actorOf(
  caller: Principal | null,
  request: FastifyRequest,
  pseudonyms: Pseudonyms,
): Promise<string> {
  if (caller === null) return `stranger ${await pseudonyms.of(networkOf(request.ip))}`;
  return caller.kind === 'user' ? `person ${await pseudonyms.of(caller.id)}` : `${caller.kind} ${caller.id}`;
}

/** Whom or what it is about: a number as it is, anything else of the address by pseudonym; at a sign-in, who. */
async function aboutOf({ params, body }: FastifyRequest, pseudonyms: Pseudonyms): Promise<string | null> {
  const parts: string[] = [];
  for (const [name, value] of Object.entries((params ?? {}) as Record<string, string | number>)) {
    const text = String(value);
    const isPlain = /^\d{1,15}$/.test(text) || (NAMES.has(name) && /^[a-z-]{1,30}$/.test(text));
    parts.push(isPlain ? text : await pseudonyms.of(text));
  }
  if (parts.length > 0) return parts.join(' ');
  const email = (body as { email?: unknown } | null | undefined)?.email;
  return typeof email === 'string' && email !== '' ? pseudonyms.of(email) : null;
}

/** Parts of an address that choose among a few words of ours. */
const NAMES: ReadonlySet<string> = new Set(['kind']);

function outcomeOf(status: number): AuditEntry['outcome'] {
  if (status < 400) return 'done';
  return status === 401 || status === 403 || status === 429 ? 'refused' : 'failed';
}
