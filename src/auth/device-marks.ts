import { createHmac, randomBytes } from 'node:crypto';
import type { SettingStore } from '../stores/contracts.ts';
import { isSameText } from './tokens.ts';

const SETTING = 'device_key';

export interface DeviceMarks {
  /** For the cookie of a browser in which this user has just signed in. */
  make(email: string): Promise<string>;
  /** The browser's id when the mark was made here for this user, else null. */
  read(mark: string | null, email: string): Promise<string | null>;
}

/** Marks that prove that a user has signed in with a browser before. They open nothing. */
export function createDeviceMarks(settings: SettingStore): DeviceMarks {
  let key: string | null = null;
  const sign = async (device: string, email: string): Promise<string> => {
    key ??= await settings.get(SETTING);
    if (key === null) {
      key = randomBytes(32).toString('base64url');
      await settings.set(SETTING, key);
    }
    return createHmac('sha256', key).update(`${device} ${email.trim().toLowerCase()}`).digest('base64url');
  };
  return {
    make: async (email) => {
      const device = randomBytes(16).toString('base64url');
      return `${device}.${await sign(device, email)}`;
    },
    read: async (mark, email) => {
      const [device = '', mac = ''] = (mark ?? '').slice(0, 200).split('.');
      return device !== '' && isSameText(mac, await sign(device, email)) ? `${email} ${device}` : null;
    },
  };
}
