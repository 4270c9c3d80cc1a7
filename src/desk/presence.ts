import type { EventHub } from './event-hub.ts';
import { DESK } from './desk-settings.ts';

export type PresenceState = 'viewing' | 'idle' | 'writing';

export interface Present {
  id: string;
  name: string;
  state: PresenceState;
  /** What is being written. */
  kind: 'reply' | 'note' | null;
}

export interface Presence {
  /** Null: away. */
  set(
    threadId: string,
    who: { id: string; name: string },
    state: Omit<Present, 'id' | 'name'> | null,
  ): Present[];
  of(threadId: string): Present[];
  /** Everybody who looks at a thread now, by the thread's id. */
  all(): { threadId: string; present: Present[] }[];
  /** Ids of staff who look at any thread now. */
  online(): Set<string>;
  customerTypes(threadId: string, typing: boolean): void;
  close(): void;
}

/** The assistant is shown as people are. */
export const ASSISTANT = { id: 'assistant', name: 'Assistant' } as const;

/** Who looks at a thread and who writes in it: in memory, gone soon after the page is. */
export function createPresence(hub: EventHub): Presence {
  type People = Map<string, { present: Present; timer: NodeJS.Timeout }>;
  const threads = new Map<string, People>();
  const typing = new Map<string, NodeJS.Timeout>();
  const of = (threadId: string): Present[] =>
    [...(threads.get(threadId)?.values() ?? [])].map(({ present }) => present);

  const tell = (threadId: string): void => {
    const present = of(threadId);
    hub.tell({ threadId, type: 'presence-change', visibility: 'staff', data: { present } });
  };
  const tellCustomer = (threadId: string, id: string, name: string, isTyping: boolean): void =>
    hub.tell({
      threadId,
      type: 'typing-change',
      visibility: 'customer',
      data: { who: id === ASSISTANT.id ? 'assistant' : 'staff', name, typing: isTyping },
    });
  const writesReply = (entry: Present | undefined): boolean =>
    entry?.state === 'writing' && entry.kind !== 'note';

  function set(
    threadId: string,
    { id, name }: { id: string; name: string },
    state: Omit<Present, 'id' | 'name'> | null,
  ): Present[] {
    const people = threads.get(threadId) ?? (new Map() as People);
    threads.set(threadId, people);
    const before = people.get(id);
    clearTimeout(before?.timer);
    people.delete(id);
    const present = state === null ? undefined : { id, name, ...state };
    if (present) {
      const timer = setTimeout(() => set(threadId, present, null), DESK.presenceSeconds * 1000).unref();
      people.set(id, { present, timer });
    }
    if (people.size === 0) threads.delete(threadId);
    if (JSON.stringify(before?.present) !== JSON.stringify(present)) tell(threadId);
    if (writesReply(before?.present) !== writesReply(present))
      tellCustomer(threadId, id, name, writesReply(present));
    return of(threadId);
  }

  function customerTypes(threadId: string, isTyping: boolean): void {
    const before = typing.get(threadId);
    clearTimeout(before);
    typing.delete(threadId);
    if (isTyping)
      typing.set(
        threadId,
        setTimeout(() => customerTypes(threadId, false), DESK.typingSeconds * 1000).unref(),
      );
    if (isTyping !== (before !== undefined))
      hub.tell({
        threadId,
        type: 'typing-change',
        visibility: 'staff',
        data: { who: 'customer', typing: isTyping },
      });
  }

  return {
    set,
    of,
    all: () => [...threads.keys()].map((threadId) => ({ threadId, present: of(threadId) })),
    online: () => {
      const ids = new Set([...threads.values()].flatMap((people) => [...people.keys()]));
      ids.delete(ASSISTANT.id);
      return ids;
    },
    customerTypes,
    close: () => {
      for (const people of threads.values()) for (const { timer } of people.values()) clearTimeout(timer);
      for (const timer of typing.values()) clearTimeout(timer);
      threads.clear();
      typing.clear();
    },
  };
}
