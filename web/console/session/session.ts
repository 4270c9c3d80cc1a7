import { signal } from '@preact/signals';
import { call, connectSession } from '../api/request.ts';
import type { Permission, Session } from '../api/wire-types.ts';

const ADDRESS = '/api/v1/session';

/** Who is signed in; null until the server has said so. */
export const session = signal<Session | null>(null);

connectSession({
  csrfToken: () => session.value?.csrf_token ?? null,
  signedOut: () => {
    if (session.value) session.value = { ...session.value, signed_in: false, user: null, permissions: [] };
  },
  refresh: loadSession,
});

export async function loadSession(): Promise<void> {
  session.value = await call<Session>('GET', ADDRESS);
}

/** @throws ApiError second_factor_needed when the account asks for a code besides */
export async function signIn(credentials: { email: string; password: string; code?: string }): Promise<void> {
  session.value = await call<Session>('POST', ADDRESS, { body: credentials });
}

/** Where the identity provider is asked who this is; this page ends there. */
export async function beginElsewhere(): Promise<string> {
  return (await call<{ url: string }>('POST', `${ADDRESS}/oidc`)).url;
}

/**
 * @param query of the address that the provider led back to
 * @param kept where to go on: set before the console is shown
 * @throws ApiError oidc_code_needed when the account asks for a code besides
 */
export async function finishElsewhere(query: string, kept: () => void): Promise<void> {
  const found = await call<Session>('POST', `${ADDRESS}/oidc/finish`, { body: { query } });
  kept();
  session.value = found;
}

export async function sendCodeElsewhere(code: string, kept: () => void): Promise<void> {
  const found = await call<Session>('POST', `${ADDRESS}/oidc/code`, { body: { code } });
  kept();
  session.value = found;
}

export async function setUp(owner: { code: string; name: string; email: string; password: string }) {
  session.value = await call<Session>('POST', `${ADDRESS}/setup`, { body: owner });
}

/** What the server says after a step that renews the session: another token, other rights. */
export function renewSession(renewed: Session): void {
  session.value = renewed;
}

export async function signOut(): Promise<void> {
  await call('DELETE', ADDRESS);
  await loadSession();
}

/** Whether whoever is signed in may do this; the server decides, this only hides what would be refused. */
export function may(permission: Permission): boolean {
  return session.value?.permissions.includes(permission) ?? false;
}

export function ownId(): string {
  return session.value?.user?.id ?? '';
}

/** A value that is kept with the profile, on the server. */
export function preference(name: string): unknown {
  return session.value?.user?.preferences[name];
}

/** Shown at once and kept on the server; taken back when the server refuses it. */
export async function setPreference(name: string, value: unknown): Promise<void> {
  const before = session.value;
  if (!before?.user) return;
  const preferences = { ...before.user.preferences, [name]: value };
  session.value = { ...before, user: { ...before.user, preferences } };
  try {
    await call('PUT', `${ADDRESS}/preferences`, { body: preferences });
  } catch (error) {
    session.value = before;
    throw error;
  }
}
