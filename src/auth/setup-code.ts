import { randomInt } from 'node:crypto';
import type { SettingStore } from '../stores/contracts.ts';
import { AUTH } from './auth-settings.ts';
import { hashToken, isSameText } from './tokens.ts';

/** Without letters and digits that look alike. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const GROUPS = 4;
const GROUP = 5;
const SETTING = 'setup_code';

export interface SetupCode {
  /** Makes a new one, about 98 bits; the one before is void. */
  make(): Promise<string>;
  isRight(code: string): Promise<boolean>;
  /** Used once. */
  drop(): Promise<void>;
}

/** The code of the first run, with which the first owner is made. Only its hash is stored. */
export function createSetupCode(settings: SettingStore, now: () => number = Date.now): SetupCode {
  return {
    make: async () => {
      const letters = Array.from({ length: GROUPS * GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]!);
      const code = Array.from({ length: GROUPS }, (_, group) =>
        letters.slice(group * GROUP, (group + 1) * GROUP).join(''),
      ).join('-');
      const until = now() + AUTH.setupSeconds * 1000;
      await settings.set(SETTING, JSON.stringify({ hash: hashOf(code), until }));
      return code;
    },
    isRight: async (code) => {
      const stored = await settings.get(SETTING);
      if (!stored) return false;
      const { hash, until } = JSON.parse(stored) as { hash: string; until: number };
      return now() < until && isSameText(hashOf(code), hash);
    },
    drop: () => settings.set(SETTING, ''),
  };
}

/** However it was typed: case, spaces and hyphens do not matter. */
function hashOf(code: string): string {
  return hashToken(code.toUpperCase().replace(/[^A-Z0-9]/g, '')).toString('hex');
}
