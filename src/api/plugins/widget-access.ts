import type { FastifyInstance } from 'fastify';
import { AnswerboxError } from '../../errors.ts';
import type { OriginCheck } from '../allowed-origins.ts';

/** What a customer's chat needs, and all that other sites' pages are let in to; each route with its method. */
const WIDGET_ROUTES: Readonly<Record<string, 'GET' | 'POST' | 'DELETE'>> = {
  '/api/v1/availability': 'GET',
  '/api/v1/challenge': 'GET',
  '/api/v1/chat': 'POST',
  '/api/v1/chat/:id': 'DELETE',
  '/api/v1/contact': 'POST',
  '/api/v1/conversations': 'POST',
  '/api/v1/conversations/:id/attachments': 'POST',
  '/api/v1/conversations/:id/attachments/:attachment': 'GET',
  '/api/v1/conversations/:id/contact': 'POST',
  '/api/v1/conversations/:id/csat': 'POST',
  '/api/v1/conversations/:id/events': 'GET',
  '/api/v1/conversations/:id/read': 'POST',
  '/api/v1/conversations/:id/typing': 'POST',
  '/api/v1/shop': 'GET',
  '/api/v1/conversations/:id': 'GET',
  '/api/v1/conversations/:id/feedback': 'POST',
  '/api/v1/conversations/:id/handover': 'POST',
  '/api/v1/sources/:id': 'GET',
  '/api/v1/sources/:id/pictures': 'GET',
  '/api/v1/sources/:id/pictures/:number': 'GET',
};

/** Scripts that other sites' pages may load. */
const WIDGET_FILE = /^\/widget(-[a-z]+)?\.js$/;

/** Seconds for which a browser may keep the answer to its preflight; Chromium's own cap. */
const PREFLIGHT_SECONDS = 7200;

/**
 * Lets pages of the owner's other sites use the chat. A page of another origin can't read any answer, nor send
 * JSON, without these headers: the browser sees to that. Cookies are never let through.
 */
export function addWidgetAccess(server: FastifyInstance, allows: OriginCheck): void {
  server.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (WIDGET_FILE.test(path)) void reply.header('cross-origin-resource-policy', 'cross-origin');
    const asked = request.method === 'OPTIONS' && request.routeOptions.url === undefined;
    const method = asked ? methodOf(path) : WIDGET_ROUTES[request.routeOptions.url ?? ''];
    if (method === undefined) return undefined;
    void reply.header('vary', 'Origin');
    const { origin } = request.headers;
    const allowed = origin !== undefined && allows(origin);
    if (asked && !allowed)
      throw new AnswerboxError('origin_not_allowed', { origin: (origin ?? 'none').slice(0, 200) });
    if (allowed) void reply.headers(allowedHeaders(origin));
    return asked ? reply.status(204).headers(preflightHeaders(method)).send() : undefined;
  });
}

const allowedHeaders = (origin: string) => ({
  'access-control-allow-origin': origin,
  'access-control-expose-headers': 'x-request-id, retry-after',
});

const preflightHeaders = (method: string) => ({
  'access-control-allow-methods': method,
  'access-control-allow-headers': 'content-type, accept',
  'access-control-max-age': String(PREFLIGHT_SECONDS),
});

const PATTERNS = Object.entries(WIDGET_ROUTES).map(
  ([route, method]) => [new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}/?$`), method] as const,
);

/** Browsers ask (OPTIONS) before they use a route; there is no route for asking, only the route's address. */
function methodOf(path: string): string | undefined {
  return PATTERNS.find(([pattern]) => pattern.test(path))?.[1];
}
