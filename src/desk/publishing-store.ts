import type { DeskStore } from '../stores/desk-contracts.ts';
import type { EventHub } from './event-hub.ts';

/** The store, telling the hub after each write: nothing is sent before it is on the disk. */
export function publishingStore(store: DeskStore, hub: EventHub): DeskStore {
  const tell = (events: readonly { threadId: string | null }[]): void => {
    for (const threadId of new Set(events.map((event) => event.threadId))) hub.changed(threadId);
  };
  return {
    ...store,
    apply: async (write) => {
      const events = await store.apply(write);
      tell(events);
      return events;
    },
    addTicket: async (...input) => {
      const added = await store.addTicket(...input);
      tell(added.events);
      return added;
    },
    addMessage: async (message) => {
      const event = await store.addMessage(message);
      if (event) tell([event]);
      return event;
    },
  };
}
