import { randomInt } from 'node:crypto';

/** Without letters and digits that look alike. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

/** Groups of letters and digits with hyphens between them; five of five have 122 random bits. */
export function randomCode(groups: number, length: number): string {
  const group = (): string => Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]!).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** However it was typed: case, spaces and hyphens do not matter. */
export function plainCode(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
