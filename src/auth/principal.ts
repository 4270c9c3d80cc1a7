import type { SignInRecord, UserRecord } from '../stores/staff-contracts.ts';
import { AnswerboxError } from '../errors.ts';
import { PERMISSIONS, ROLES, type Permission } from './route-access.ts';

/** Who calls. */
export interface Principal {
  kind: 'user' | 'key' | 'machine';
  /** Id of the user or key; 'admin-key' for the key that may do everything. */
  id: string;
  name: string;
  permissions: ReadonlySet<Permission>;
  /** Of people alone. */
  user: UserRecord | null;
  signIn: SignInRecord | null;
  /** What a browser must send back to change something; null where no cookie is involved. */
  csrfToken: string | null;
}

/** @param locked true: they may do nothing but see to their own account */
export function userPrincipal(
  user: UserRecord,
  signIn: SignInRecord,
  csrfToken: string,
  locked = false,
): Principal {
  const given = user.customPermissions;
  const own = given === null ? ROLES[user.role] : PERMISSIONS.filter((one) => given.includes(one));
  const permissions = new Set(locked ? [] : own);
  return { kind: 'user', id: user.id, name: user.name, permissions, user, signIn, csrfToken };
}

export function keyPrincipal(key: { id: string; name: string; permissions: readonly string[] }): Principal {
  const permissions = new Set(PERMISSIONS.filter((one) => key.permissions.includes(one)));
  return { ...key, kind: 'key', permissions, user: null, signIn: null, csrfToken: null };
}

/** The admin key, and the command line on this machine. */
export const MACHINE: Principal = {
  kind: 'machine',
  id: 'admin-key',
  name: 'Admin key',
  permissions: new Set(PERMISSIONS),
  user: null,
  signIn: null,
  csrfToken: null,
};

/** @throws forbidden */
export function requirePermission(principal: Principal, permission: Permission): void {
  if (!principal.permissions.has(permission)) throw new AnswerboxError('forbidden', { permission });
}
