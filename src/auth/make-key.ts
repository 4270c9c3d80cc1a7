import { AnswerboxError } from '../errors.ts';
import type { ApiKeyRecord, ApiKeyStore } from '../stores/staff-contracts.ts';
import { requirePermission, type Principal } from './principal.ts';
import type { Permission } from './route-access.ts';
import { hashToken, newToken } from './tokens.ts';

/** Characters of a key by which people tell it from others; the rest has more than 200 bits. */
const HINT = 8;

/**
 * A key for a program; the plain key is returned this once. Nobody gives what they do not have.
 * @throws forbidden, request_invalid when the end is no time to come
 */
export async function makeKey(
  by: Principal,
  key: { name: string; permissions: readonly Permission[]; expiresAt?: string; requestsPerMinute?: number },
  apiKeys: ApiKeyStore,
): Promise<{ plain: string; record: ApiKeyRecord }> {
  for (const permission of key.permissions) requirePermission(by, permission);
  const expiresAt = key.expiresAt === undefined ? null : readEnd(key.expiresAt);
  const plain = newToken('abx_');
  const record = await apiKeys.create({
    name: key.name,
    keyHash: hashToken(plain),
    hint: plain.slice(0, HINT),
    permissions: key.permissions,
    createdBy: by.id,
    expiresAt,
    requestsPerMinute: key.requestsPerMinute ?? null,
  });
  return { plain, record };
}

function readEnd(text: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at) || at <= Date.now())
    throw new AnswerboxError('request_invalid', { reason: 'expires_at must be a time to come, ISO 8601' });
  return new Date(at).toISOString();
}
