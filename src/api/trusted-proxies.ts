import { isIP } from 'node:net';
import { AnswerboxError } from '../errors.ts';

/**
 * Proxies whose X-Forwarded-For is believed; false for none. Without them a header would choose the address that
 * guesses at orders are counted by. @throws config_bad_value
 */
export function trustedProxies(setting: string): string[] | false {
  const entries = setting
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  for (const entry of entries) {
    const [address = '', bits, ...rest] = entry.split('/');
    const family = isIP(address);
    const widest = family === 6 ? 128 : 32;
    const good = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest);
    if (family === 0 || !good || rest.length > 0)
      throw new AnswerboxError('config_bad_value', {
        key: 'trusted_proxies',
        found: JSON.stringify(entry),
        needed: 'addresses or networks such as 10.0.0.0/8, separated by commas',
      });
  }
  return entries.length === 0 ? false : entries;
}
