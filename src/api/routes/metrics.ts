import { Type } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import { collectDefaultMetrics } from 'prom-client';
import type { App } from '../../app.ts';
import type { Server } from '../build-server.ts';
import type { StaffCheck } from '../plugins/staff-access.ts';

/** For Prometheus, in its text format. Figures of the process itself are gathered from the first reading on. */
export function addMetricsRoute(server: Server, app: App, staff: StaffCheck): void {
  const { registry } = app.metrics;
  const whole = Type.String({ description: 'Prometheus text format' });
  server.get(
    '/metrics',
    { schema: { response: { 200: { content: { 'text/plain': { schema: whole } } } } } },
    async (request, reply) => {
      const open = app.config.metrics === 'open' || (app.config.metrics === 'local' && isLocal(request));
      if (!open) await staff.requireFor(request, 'operations.read');
      if (!registry.getSingleMetric('process_cpu_seconds_total'))
        collectDefaultMetrics({ register: registry });
      return reply
        .headers({ 'content-type': registry.contentType, 'cache-control': 'no-store' })
        .send(await registry.metrics());
    },
  );
}

/**
 * From this machine and not passed on by a proxy on it, which would speak for anybody; and asked for by a name of this
 * machine: a page of another site whose name was made to lead here asks by that name.
 */
function isLocal({ ip, headers }: FastifyRequest): boolean {
  const passedOn = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some(
    (name) => headers[name] !== undefined,
  );
  const named = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(headers.host ?? '');
  return !passedOn && named && /^(127\.|::1$|::ffff:127\.)/.test(ip);
}
