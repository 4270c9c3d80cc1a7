import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Random texts that open something: 256 bits, of which only the SHA-256 is stored. */

export function newToken(prefix = ''): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Another text that only the holder of the token gets to see; the token does not follow from it. */
export function csrfTokenOf(token: string): string {
  return createHmac('sha256', token).update('csrf').digest('base64url');
}

export function isSameText(left: string, right: string): boolean {
  const [one, other] = [hashToken(left), hashToken(right)];
  return timingSafeEqual(one, other);
}
