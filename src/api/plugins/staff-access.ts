import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { KeyLimits } from '../../abuse/key-limits.ts';
import { keyPrincipal, MACHINE, requirePermission, type Principal } from '../../auth/principal.ts';
import { accessOf, type Permission } from '../../auth/route-access.ts';
import type { SignIn } from '../../auth/sign-in.ts';
import { hashToken, isSameText } from '../../auth/tokens.ts';
import { AnswerboxError } from '../../errors.ts';
import type { KeyStore } from '../../stores/contracts.ts';
import type { ApiKeyStore } from '../../stores/staff-contracts.ts';
import type { StaffCookies } from '../cookies.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; null on routes that are open to everyone. */
    principal: Principal | null;
  }
}

/** Whether a request comes from staff, and who it is. */
export interface StaffCheck {
  /** A further call over the same line, to be counted as one: for messages of a socket. */
  countAgain(request: FastifyRequest): void;
  /** Null for customers and for anybody who cannot prove to be staff. @throws key_limit_spent, as do all below */
  find(request: FastifyRequest): Promise<Principal | null>;
  isStaff(request: FastifyRequest): Promise<boolean>;
  /** Whether staff calls, and may do this: for routes that show customers less. */
  may(request: FastifyRequest, permission: Permission): Promise<boolean>;
  /** What the access table asks for the route: nothing more than a caller where it is open to everyone. @throws unauthorized, forbidden, csrf_refused */
  require(request: FastifyRequest): Promise<void>;
  /** For routes that are open to everyone and ask for more by setting or by body. @throws unauthorized, forbidden, csrf_refused */
  requireFor(request: FastifyRequest, permission: Permission): Promise<void>;
}

export interface StaffCheckTools {
  keys: KeyStore;
  apiKeys: ApiKeyStore;
  signIn: SignIn;
  cookies: StaffCookies;
  keyLimits: KeyLimits;
  /**
   * This run's own secret, kept in a file that only the owner of the data folder can read: the command line on
   * the same machine uses it.
   */
  controlToken: string;
  publicUrl: string;
}

export function createStaffCheck(tools: StaffCheckTools): StaffCheck {
  /** Requests that were counted: who calls is looked up several times for one. */
  const counted = new WeakSet<FastifyRequest>();
  const find = async (request: FastifyRequest): Promise<Principal | null> => {
    const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (key !== undefined) return findByKey(key, request, counted, tools);
    const token = tools.cookies.readSession(request);
    return token === null ? null : tools.signIn.find(token);
  };
  const prove = async (request: FastifyRequest): Promise<Principal> => {
    const principal = await find(request);
    if (!principal) throw new AnswerboxError('unauthorized');
    // Before it is refused anything: the audit tells who was.
    request.principal = principal;
    if (principal.csrfToken !== null) checkCsrf(request, principal.csrfToken, tools.publicUrl);
    return principal;
  };
  return {
    countAgain: (request) => void counted.delete(request),
    find,
    isStaff: async (request) => (await find(request)) !== null,
    may: async (request, permission) => (await find(request))?.permissions.has(permission) === true,
    requireFor: async (request, permission) => requirePermission(await prove(request), permission),
    require: async (request) => {
      const principal = await prove(request);
      const access = accessOf(request.method, request.routeOptions.url ?? '');
      // A route without a row is closed to all but the admin key.
      if (access === null && principal.kind !== 'machine')
        throw new AnswerboxError('forbidden', { permission: 'admin key' });
      if (access === 'signed-in' && !principal.user) throw new AnswerboxError('unauthorized');
      if (access !== null && access !== 'everyone' && access !== 'signed-in')
        requirePermission(principal, access);
    },
  };
}

/** Closes every route that is not open to everyone. */
export function addStaffAccess(server: FastifyInstance, staff: StaffCheck): void {
  server.decorateRequest('principal', null);
  server.addHook('onRequest', async (request) => {
    const route = request.routeOptions.url;
    // An address without a route ends in the 404 of the error exit.
    if (route === undefined || accessOf(request.method, route) === 'everyone') return;
    await staff.require(request);
  });
}

/** The caller of a route that is closed to customers. @throws unauthorized */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new AnswerboxError('unauthorized');
  return request.principal;
}

/** @throws key_limit_spent */
async function findByKey(
  key: string,
  request: FastifyRequest,
  counted: WeakSet<FastifyRequest>,
  { keys, apiKeys, controlToken, keyLimits }: StaffCheckTools,
): Promise<Principal | null> {
  if (isSameText(key, controlToken) || (await keys.isAdminKey(key))) return MACHINE;
  const found = await apiKeys.use(hashToken(key), Date.now());
  if (!found) return null;
  if (!counted.has(request)) {
    counted.add(request);
    await keyLimits.spend(found);
  }
  return keyPrincipal(found);
}

/** Browsers add the cookie to whatever any page sends: only our page knows the token. @throws csrf_refused */
function checkCsrf(request: FastifyRequest, csrfToken: string, publicUrl: string): void {
  // A page can set no header on a WebSocket; its browser says where the page comes from.
  if (request.method === 'GET' && request.headers.upgrade !== undefined)
    return checkOrigin(request, publicUrl);
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return;
  checkOrigin(request, publicUrl);
  const given = request.headers['x-csrf-token'];
  if (typeof given !== 'string' || !isSameText(given, csrfToken)) throw new AnswerboxError('csrf_refused');
}

/** Programs send no Origin; a browser always says from where a form or script of another site comes. @throws csrf_refused */
export function checkOrigin(request: FastifyRequest, publicUrl: string): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new AnswerboxError('csrf_refused');
  const { origin, host = '' } = request.headers;
  if (origin === undefined) return;
  const own =
    publicUrl === '' ? [`http://${host}`, `https://${host}`] : [publicUrl, `${request.protocol}://${host}`];
  if (!own.includes(origin)) throw new AnswerboxError('csrf_refused');
}
