import type { FastifyInstance } from 'fastify';

const CONTENT_SECURITY_POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** A year, as ASVS 5.0 3.4.1 asks; other names of the domain may not be ours. */
const STRICT_TRANSPORT = 'max-age=31536000';

/**
 * Headers that every response carries: its id, its time, and what the browser must not do.
 * @param isHttps people reach the server by https
 */
export function addSafeHeaders(server: FastifyInstance, isHttps: boolean): void {
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
      ...(isHttps && { 'strict-transport-security': STRICT_TRANSPORT }),
    });
  });
  server.addHook('onSend', async (request, reply, payload) => {
    // Answers of the API are of one moment and often of one person: no cache keeps them.
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control'))
      void reply.header('cache-control', 'no-store');
    const total = `total;dur=${reply.elapsedTime.toFixed(1)}`;
    // A route may have said more of where the time went.
    const stages = reply.getHeader('server-timing');
    void reply.header('server-timing', stages ? `${total}, ${String(stages)}` : total);
    return payload;
  });
}
