import type { DeskEvent, ThreadRecord } from '../stores/thread-contracts.ts';
import type { DeskTools } from './desk-tools.ts';

/** Events looked back on for what the customer wrote. */
const LOOK_BACK = 20;

/** What the customer is to be told things in: as the desk knows it, else by what they wrote last; null unknown. */
export async function languageOfThread(
  thread: Pick<ThreadRecord, 'id' | 'language'>,
  { store, languageOf }: Pick<DeskTools, 'store' | 'languageOf'>,
): Promise<string | null> {
  if (thread.language !== null) return thread.language;
  const events = await store.listEvents(thread.id, { before: Number.MAX_SAFE_INTEGER, limit: LOOK_BACK });
  return languageOf(customerText(events));
}

/** All that the customer wrote in these events. */
export function customerText(events: readonly DeskEvent[]): string {
  return events.flatMap(({ message }) => (message?.role === 'customer' ? [message.text] : [])).join('\n');
}
