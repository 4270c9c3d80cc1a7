import { createHmac, randomBytes } from 'node:crypto';
import type { SettingStore } from '../stores/contracts.ts';

const SETTING = 'audit_key';
/** Characters of base64url: 132 bits, so that no two persons share one. */
const LENGTH = 22;

/** Names that only this installation can give: the same person has the same one, and none leads back. */
export interface Pseudonyms {
  of(person: string): Promise<string>;
}

/**
 * HMAC-SHA-256 (RFC 2104) under a key of this installation. Lines of the audit stay when a person is erased: they
 * hold nothing but this, and with the person's id gone nobody can tell whose it was.
 */
export function createPseudonyms(settings: SettingStore): Pseudonyms {
  let key: Promise<string> | null = null;
  const readKey = async (): Promise<string> => {
    const stored = await settings.get(SETTING);
    if (stored !== null) return stored;
    const fresh = randomBytes(32).toString('base64url');
    await settings.set(SETTING, fresh);
    return fresh;
  };
  return {
    of: async (person) => {
      key ??= readKey();
      return createHmac('sha256', await key)
        .update(person.trim().normalize('NFC').toLowerCase())
        .digest('base64url')
        .slice(0, LENGTH);
    },
  };
}
