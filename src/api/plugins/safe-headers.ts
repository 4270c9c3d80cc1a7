import type { FastifyInstance } from 'fastify';

const CONTENT_SECURITY_POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Headers that every response carries: its id, its time, and what the browser must not do. */
export function addSafeHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });
  server.addHook('onSend', async (_request, reply, payload) => {
    const total = `total;dur=${reply.elapsedTime.toFixed(1)}`;
    // A route may have said more of where the time went.
    const stages = reply.getHeader('server-timing');
    void reply.header('server-timing', stages ? `${total}, ${String(stages)}` : total);
    return payload;
  });
}
