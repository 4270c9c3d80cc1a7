import { readSubject } from '../../src/conversation/read-subject.ts';
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
