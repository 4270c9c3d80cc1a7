import { readStored, STORED, writeStored } from '../../src/stored-text.ts';

/**
 * Notes whose token this is. True when this tab's conversation is another customer's, who must not be read by
 * this one. The server checks the token; here only its subject is compared.
 */
export function changesCustomer(token: string): boolean {
  const { storage, key } = STORED.subject;
  const [before, now] = [readStored(storage, key), readSubject(token)];
  if (before === now) return false;
  writeStored(storage, key, now);
  return before !== '';
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
