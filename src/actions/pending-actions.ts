import { randomUUID } from 'node:crypto';
import type { Action, ActionInput } from './action-contracts.ts';
import { ACTIONS } from './action-settings.ts';

export interface PendingAction {
  readonly id: string;
  readonly action: Action;
  readonly input: ActionInput;
  readonly conversationId: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** What comes of it, from the moment it is confirmed. */
  result: Promise<unknown> | null;
}

export interface PendingActions {
  add(action: Action, input: ActionInput, conversationId: string): PendingAction;
  /** Also one that has expired; null when there is none, or it is another conversation's. */
  find(id: string, conversationId: string): PendingAction | null;
  remove(id: string): void;
  isExpired(pending: PendingAction): boolean;
  /** Keeps what came of a confirmed one as long as it was to be confirmed. */
  prolong(pending: PendingAction): void;
}

/** Held in memory: after a restart the customer is asked again, which is safe; a change is never run unasked. */
export function createPendingActions(now: () => number, most: number = ACTIONS.pending): PendingActions {
  const all = new Map<string, PendingAction>();
  const isExpired = (pending: PendingAction): boolean => now() >= pending.expiresAt;

  function makeRoom(): void {
    for (const pending of all.values()) if (isExpired(pending)) all.delete(pending.id);
    for (const pending of all.values()) {
      if (all.size < most) return;
      if (pending.result === null) all.delete(pending.id);
    }
  }

  return {
    add: (action, input, conversationId) => {
      makeRoom();
      const expiresAt = now() + ACTIONS.confirmWithin;
      const pending = { id: randomUUID(), action, input, conversationId, expiresAt, result: null };
      all.set(pending.id, pending);
      return pending;
    },
    find: (id, conversationId) => {
      const pending = all.get(id);
      return pending?.conversationId === conversationId ? pending : null;
    },
    remove: (id) => void all.delete(id),
    isExpired,
    prolong: (pending) => void (pending.expiresAt = now() + ACTIONS.confirmWithin),
  };
}
