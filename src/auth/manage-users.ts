import { AnswerboxError } from '../errors.ts';
import {
  ROLE_NAMES,
  type Role,
  type RoleStore,
  type SignInStore,
  type UserChange,
  type UserRecord,
  type UserStore,
} from '../stores/staff-contracts.ts';
import { mayGiveRole } from './manage-roles.ts';
import type { Passwords } from './passwords.ts';
import { requirePermission, type Principal } from './principal.ts';
import type { SignInPauses } from './sign-in-pauses.ts';
import { ROLES, type Permission } from './route-access.ts';

export interface UserTools {
  users: UserStore;
  signIns: SignInStore;
  passwords: Passwords;
  pauses: Pick<SignInPauses, 'clear'>;
  roles: RoleStore;
}

/** @throws user_beyond, user_exists, password_weak */
export async function addUser(
  by: Principal,
  user: { name: string; email: string; role: Role; password?: string },
  { users, passwords }: UserTools,
): Promise<UserRecord> {
  mayHandle(by, user.role);
  const passwordHash =
    user.password === undefined ? null : await passwords.hash(user.password, [user.name, user.email]);
  return users.createUser({ name: user.name, email: user.email, role: user.role, passwordHash });
}

/**
 * Whoever is disabled, or whose role or password changes, is signed out everywhere.
 * @throws user_not_found, user_beyond, user_exists, last_owner, password_weak
 */
export async function changeUser(
  by: Principal,
  id: string,
  { password, ...change }: UserChange & { password?: string },
  { users, signIns, passwords, pauses, roles }: UserTools,
): Promise<UserRecord> {
  const before = await users.getUser(id);
  if (!before) throw new AnswerboxError('user_not_found', { id });
  mayHandleUser(by, before);
  if (change.role !== undefined) mayHandle(by, change.role);
  if (change.customRole != null) await mayGiveRole(by, change.customRole, roles);
  const hash = password === undefined ? null : await passwords.hash(password, [before.name, before.email]);
  const after = await users.updateUser(id, change);
  if (!after) throw new AnswerboxError('user_not_found', { id });
  if (hash !== null) {
    await users.setPassword(id, hash);
    // Whoever tried the old one so often may try the new one at once.
    await pauses.clear(after.email);
  }
  const same =
    hash === null &&
    after.role === before.role &&
    after.customRole === before.customRole &&
    after.disabled === before.disabled;
  if (!same) await signIns.endAll(id);
  return after;
}

/** Nor whoever has a role of the owner's own that goes beyond oneself. @throws user_beyond, forbidden */
export function mayHandleUser(by: Principal, user: UserRecord): void {
  mayHandle(by, user.role);
  for (const permission of user.customPermissions ?? []) requirePermission(by, permission as Permission);
}

/** Nobody gives a role above their own, or touches who has one. @throws user_beyond */
export function mayHandle(by: Principal, role: Role): void {
  const own = by.user ? ROLE_NAMES.indexOf(by.user.role) : -1;
  // Keys of programs are no person: they handle nobody above an agent. The admin key is the machine's owner.
  const reach = by.kind === 'machine' ? Infinity : by.user ? own : ROLE_NAMES.indexOf('agent');
  if (ROLE_NAMES.indexOf(role) > reach) throw new AnswerboxError('user_beyond', { role });
  // Whoever has a role of the owner's own may do less than the built-in one that lies under it.
  if (by.user?.customRole != null) for (const permission of ROLES[role]) requirePermission(by, permission);
}
