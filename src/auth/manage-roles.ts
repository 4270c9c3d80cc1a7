import { AnswerboxError } from '../errors.ts';
import { ROLE_NAMES, type RoleRecord, type RoleStore, type SignInStore } from '../stores/staff-contracts.ts';
import { requirePermission, type Principal } from './principal.ts';
import type { Permission } from './route-access.ts';

export interface RoleTools {
  roles: RoleStore;
  signIns: SignInStore;
}

/**
 * A role of the owner's own, made or changed; whoever has it is signed out, so that nobody goes on with what they
 * no longer may. Nobody gives what they do not have.
 * @throws forbidden, request_invalid for the name of a built-in one
 */
export async function putRole(
  by: Principal,
  { name, permissions }: { name: string; permissions: readonly Permission[] },
  { roles, signIns }: RoleTools,
): Promise<RoleRecord> {
  if (ROLE_NAMES.some((one) => one === name.toLowerCase()))
    throw new AnswerboxError('request_invalid', {
      reason: `"${name}" is a built-in role; take another name`,
    });
  for (const permission of permissions) requirePermission(by, permission);
  const before = await roles.get(name);
  // Nor is anything changed that goes beyond oneself.
  for (const permission of before?.permissions ?? []) requirePermission(by, permission as Permission);
  const role = await roles.put(name, permissions);
  for (const userId of await roles.usersOf(name)) await signIns.endAll(userId);
  return role;
}

/** @throws role_not_found, forbidden when it may do more than the giver */
export async function mayGiveRole(by: Principal, name: string, roles: RoleStore): Promise<void> {
  const role = await roles.get(name);
  if (!role) throw new AnswerboxError('role_not_found', { name });
  for (const permission of role.permissions) requirePermission(by, permission as Permission);
}
