import type { ApiKeyRecord, SignInRecord, UserRecord } from '../stores/staff-contracts.ts';

/** Staff as it goes over the wire: nothing that signs anybody in. */

export function wireUser({ id, name, email, role, disabled, ...rest }: UserRecord) {
  return {
    id,
    name,
    email,
    role,
    custom_role: rest.customRole,
    disabled,
    second_factor: rest.secondFactor,
    created_at: rest.createdAt,
    last_seen_at: rest.lastSeenAt,
  };
}

export function wireSignIn(
  { id, createdAt, lastSeenAt, expiresAt, userAgent, address, method }: SignInRecord,
  current: boolean,
) {
  return {
    id,
    current,
    created_at: createdAt,
    last_seen_at: lastSeenAt,
    expires_at: expiresAt,
    user_agent: userAgent,
    address,
    method,
  };
}

export function wireApiKey({
  createdBy,
  createdAt,
  expiresAt,
  requestsPerMinute,
  lastUsedAt,
  ...rest
}: ApiKeyRecord) {
  return {
    ...rest,
    created_by: createdBy,
    created_at: createdAt,
    expires_at: expiresAt,
    requests_per_minute: requestsPerMinute,
    last_used_at: lastUsedAt,
  };
}
