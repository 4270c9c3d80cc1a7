import { readIdentity } from '../api/server-address.ts';
import type { DeskView } from '../desk/desk-view.ts';
import { readStored, STORED, writeStored } from '../stored-text.ts';
import { readSubject } from './read-subject.ts';

interface Waiting {
  id: string;
  /** As the shop named the customer; '' for one that nobody vouched for. */
  subject: string;
}

const { storage, key } = STORED.waiting;

/** There is a ticket that is worked on: an answer will come, perhaps when this tab is long gone. */
const awaitsAnswer = ({ state, ticket }: Pick<DeskView, 'state' | 'ticket'>): boolean =>
  ticket !== null && state !== 'closed';

/** Notes a conversation while an answer is awaited in it, and forgets it when that is over. */
export function keepWaiting(id: string, desk: Pick<DeskView, 'state' | 'ticket'>): void {
  if (awaitsAnswer(desk)) {
    const waiting: Waiting = { id, subject: currentSubject() };
    writeStored(storage, key, JSON.stringify(waiting));
  } else forgetWaiting(id);
}

/** Where it is this one: another tab may wait in another. */
export function forgetWaiting(id: string): void {
  if (readWaiting()?.id === id) writeStored(storage, key, '');
}

/**
 * The conversation to go on with in a new tab, '' for none. One of a customer whom the shop vouched for is for them
 * alone, and forgotten where another has signed in.
 */
export function waitingConversation(): string {
  const waiting = readWaiting();
  if (!waiting) return '';
  const subject = currentSubject();
  if (waiting.subject === '' || waiting.subject === subject) return waiting.id;
  if (subject !== '') writeStored(storage, key, '');
  return '';
}

/** Whom the shop vouches for on this page; '' for nobody. */
export function currentSubject(): string {
  const token = readIdentity();
  return token === null ? '' : readSubject(token);
}

function readWaiting(): Waiting | null {
  try {
    const { id, subject } = JSON.parse(readStored(storage, key)) as Partial<Waiting>;
    return typeof id === 'string' && typeof subject === 'string' ? { id, subject } : null;
  } catch {
    return null;
  }
}
