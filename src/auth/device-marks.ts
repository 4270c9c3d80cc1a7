import { createHmac, randomBytes } from 'node:crypto';
import type { SettingStore } from '../stores/contracts.ts';
import { AUTH } from './auth-settings.ts';
import { isSameText } from './tokens.ts';

const SETTING = 'device_key';

export interface DeviceMarks {
  /**
   * For the cookie of a browser in which this user has just signed in.
   * @param before what the cookie holds: the marks of others who sign in here stay, the newest first
   */
  make(email: string, before: string | null): Promise<string>;
  /** The browser's id when one of the marks was made here for this user, else null. */
  read(marks: string | null, email: string): Promise<string | null>;
}

const MARK = /^[\w-]{22}\.[\w-]{43}$/;
/** Between the marks: a character that a cookie may hold and a mark does not. */
const BETWEEN = ':';

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
  const deviceOf = async (mark: string, email: string): Promise<string | null> => {
    const [device = '', mac = ''] = mark.split('.');
    return isSameText(mac, await sign(device, email)) ? device : null;
  };
  return {
    make: async (email, before) => {
      const device = randomBytes(16).toString('base64url');
      const marks = [`${device}.${await sign(device, email)}`];
      for (const mark of listed(before)) if ((await deviceOf(mark, email)) === null) marks.push(mark);
      return marks.slice(0, AUTH.marksInCookie).join(BETWEEN);
    },
    read: async (marks, email) => {
      for (const mark of listed(marks)) {
        const device = await deviceOf(mark, email);
        if (device !== null) return `${email} ${device}`;
      }
      return null;
    },
  };
}

function listed(marks: string | null): string[] {
  const all = (marks ?? '').split(BETWEEN, AUTH.marksInCookie);
  return all.filter((mark) => MARK.test(mark));
}
