import { AnswerboxError } from '../errors.ts';
import {
  ROLE_NAMES,
  type Role,
  type SignInStore,
  type UserChange,
  type UserRecord,
  type UserStore,
} from '../stores/staff-contracts.ts';
import type { Passwords } from './passwords.ts';
import type { Principal } from './principal.ts';

export interface UserTools {
  users: UserStore;
  signIns: SignInStore;
  passwords: Passwords;
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
  { users, signIns, passwords }: UserTools,
): Promise<UserRecord> {
  const before = await users.getUser(id);
  if (!before) throw new AnswerboxError('user_not_found', { id });
  mayHandle(by, before.role);
  if (change.role !== undefined) mayHandle(by, change.role);
  const hash = password === undefined ? null : await passwords.hash(password, [before.name, before.email]);
  const after = await users.updateUser(id, change);
  if (!after) throw new AnswerboxError('user_not_found', { id });
  if (hash !== null) await users.setPassword(id, hash);
  const same = hash === null && after.role === before.role && after.disabled === before.disabled;
  if (!same) await signIns.endAll(id);
  return after;
}

/** Nobody gives a role above their own, or touches who has one. @throws user_beyond */
export function mayHandle(by: Principal, role: Role): void {
  const own = by.user ? ROLE_NAMES.indexOf(by.user.role) : -1;
  // Keys of programs are no person: they handle nobody above an agent. The admin key is the machine's owner.
  const reach = by.kind === 'machine' ? Infinity : by.user ? own : ROLE_NAMES.indexOf('agent');
  if (ROLE_NAMES.indexOf(role) > reach) throw new AnswerboxError('user_beyond', { role });
}
