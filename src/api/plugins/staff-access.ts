import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isPublicRoute } from '../../auth/route-access.ts';
import { AnswerboxError } from '../../errors.ts';
import type { KeyStore } from '../../stores/contracts.ts';

/** Whether a request comes with a key of staff. */
export interface StaffCheck {
  isStaff(request: FastifyRequest): Promise<boolean>;
  /** @throws unauthorized */
  require(request: FastifyRequest): Promise<void>;
}

/**
 * `controlToken` is this run's own secret, kept in a file that only the owner of the data folder can read: the
 * command line on the same machine uses it.
 */
export function createStaffCheck(keys: KeyStore, controlToken: string): StaffCheck {
  const isStaff = async (request: FastifyRequest): Promise<boolean> => {
    const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    return key !== undefined && (isSame(key, controlToken) || (await keys.isAdminKey(key)));
  };
  return {
    isStaff,
    require: async (request) => {
      if (!(await isStaff(request))) throw new AnswerboxError('unauthorized');
    },
  };
}

/** Closes every route that is not public. */
export function addStaffAccess(server: FastifyInstance, staff: StaffCheck): void {
  server.addHook('onRequest', async (request) => {
    const route = request.routeOptions.url;
    // An address without a route ends in the 404 of the error exit.
    if (route === undefined || isPublicRoute(request.method, route)) return;
    await staff.require(request);
  });
}

function isSame(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
