import { readStored, STORED, writeStored } from '../../src/stored-text.ts';

const { storage, key } = STORED.subject;

/**
 * True when this tab's conversation is another customer's, who must not be read by this one. The server checks
 * the token; here only its subject is compared.
 */
export function changesCustomer(token: string): boolean {
  const before = readStored(storage, key);
  return before !== '' && before !== readSubject(token);
}

/** Notes whose conversation it is from now on. */
export function noteCustomer(token: string): void {
  writeStored(storage, key, readSubject(token));
}

/** The subject of a token, unchecked; empty where it has none that can be read. */
export function readSubject(token: string): string {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    const { sub } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown };
    return typeof sub === 'string' ? sub : '';
  } catch {
    return '';
  }
}
