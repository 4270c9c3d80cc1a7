import { signal } from '@preact/signals';
import { call } from '../api/request.ts';
import type { Session } from '../api/wire-types.ts';
import { renewSession } from './session.ts';

const ADDRESS = '/api/v1/session/second-factor';

/** The password once more, and the code where a second factor is in force: for what a found browser must not do. */
export interface Proof {
  password: string;
  code?: string;
}

/** Recovery codes that were made just now; shown until they are put away, and never again. */
export const freshCodes = signal<readonly string[] | null>(null);

/** Base32, and the address that an app takes. Not in force before a code of it was given. */
export const beginSecondFactor = (proof: Proof) =>
  call<{ secret: string; url: string }>('POST', ADDRESS, { body: proof });

export async function confirmSecondFactor(code: string): Promise<void> {
  const { recovery_codes: codes, ...renewed } = await call<Session & { recovery_codes: string[] }>(
    'POST',
    `${ADDRESS}/confirm`,
    { body: { code } },
  );
  freshCodes.value = codes;
  renewSession(renewed);
}

export async function renewRecoveryCodes(proof: Proof): Promise<void> {
  const { recovery_codes: codes } = await call<{ recovery_codes: string[] }>(
    'POST',
    `${ADDRESS}/recovery-codes`,
    { body: proof },
  );
  freshCodes.value = codes;
}

export async function removeSecondFactor(proof: Proof): Promise<void> {
  renewSession(await call<Session>('POST', `${ADDRESS}/remove`, { body: proof }));
}

export async function changePassword(proof: Proof & { new_password: string }): Promise<void> {
  renewSession(await call<Session>('POST', '/api/v1/session/password', { body: proof }));
}

/** As apps show it, to be read off and typed: groups of four. */
export const inGroups = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');
