import type { SettingStore } from '../stores/contracts.ts';
import { AUTH } from './auth-settings.ts';
import { plainCode, randomCode } from './random-code.ts';
import { hashToken, isSameText } from './tokens.ts';

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
      const code = randomCode(GROUPS, GROUP);
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

function hashOf(code: string): string {
  return hashToken(plainCode(code)).toString('hex');
}
