import type { AuditStore } from '../stores/contracts.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** The audit as the actions of conversations write it: who holds a conversation's id can read it, so none is kept. */
export function conversationAudit(store: AuditStore, pseudonyms: Pseudonyms): AuditStore {
  return {
    ...store,
    append: async (entry) =>
      store.append({ ...entry, actor: `conversation ${await pseudonyms.of(entry.actor)}` }),
  };
}
