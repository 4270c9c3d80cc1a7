import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../../observability/metrics.ts';

/** Counts and times every response by its route's pattern, so that addresses do not become labels. */
export function addHttpMetrics(server: FastifyInstance, { requests, requestSeconds }: Metrics): void {
  server.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    requests.inc({ method, route, status: String(reply.statusCode) });
    requestSeconds.observe({ method, route }, reply.elapsedTime / 1000);
  });
}
