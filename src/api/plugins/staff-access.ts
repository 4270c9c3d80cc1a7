import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { isPublicRoute } from '../../auth/route-access.ts';
import { AnswerboxError } from '../../errors.ts';
import type { KeyStore } from '../../stores/contracts.ts';

/**
 * Closes every route that is not public. `controlToken` is this run's own secret, kept in a file that only
 * the owner of the data folder can read: the command line on the same machine uses it.
 */
export function addStaffAccess(server: FastifyInstance, keys: KeyStore, controlToken: string): void {
  server.addHook('onRequest', async (request) => {
    const route = request.routeOptions.url;
    // An address without a route ends in the 404 of the error exit.
    if (route === undefined || isPublicRoute(request.method, route)) return;
    const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (key === undefined) throw new AnswerboxError('unauthorized');
    if (!isSame(key, controlToken) && !(await keys.isAdminKey(key))) throw new AnswerboxError('unauthorized');
  });
}

function isSame(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
