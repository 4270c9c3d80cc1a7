import type { DeskStore } from '../stores/desk-contracts.ts';
import type { DeskEvent } from '../stores/thread-contracts.ts';
import { DESK } from './desk-settings.ts';

/** What is told to whoever listens now and stored nowhere. */
export interface Notice {
  threadId: string;
  type: 'typing-change' | 'read-change' | 'presence-change';
  visibility: 'all' | 'staff' | 'customer';
  data: Record<string, unknown>;
}

export type Streamed = { stored: DeskEvent } | { notice: Notice } | { heartbeat: true };

export interface StreamOptions {
  /** One thread, by sequence; all of them, by position, when left out. */
  threadId?: string;
  /** The last number that was seen. */
  after: number;
  /** 'customer' sees what is for all. */
  audience: 'customer' | 'staff';
  signal: AbortSignal;
}

export interface EventHub {
  /** There are new stored events of this thread. */
  changed(threadId: string | null): void;
  tell(notice: Notice): void;
  /** Everything after a number, then everything that comes: nothing is left out or told twice. Ends with the signal. */
  stream(options: StreamOptions): AsyncGenerator<Streamed>;
  /** The customer's page is open and reads along. */
  hasCustomer(threadId: string): boolean;
  readonly listeners: number;
  /** Ends all streams: the server stops. */
  close(): void;
}

interface Listener {
  threadId: string | undefined;
  audience: StreamOptions['audience'];
  dirty: boolean;
  notices: Notice[];
  wake: () => void;
}

/**
 * Tells listeners that there is something to read; each reads the store from its own place on. So an event is
 * stored before it is sent, and a slow listener holds up nobody and fills no memory.
 */
export function createEventHub(
  store: Pick<DeskStore, 'listEvents' | 'listAllEvents'>,
  heartbeatMs = DESK.heartbeatSeconds * 1000,
): EventHub {
  let closed = false;
  const all = new Set<Listener>();
  const byThread = new Map<string, Set<Listener>>();
  const listenersOf = (threadId: string | null): Listener[] => [
    ...all,
    ...(threadId === null ? [] : (byThread.get(threadId) ?? [])),
  ];

  function add(listener: Listener): () => void {
    const { threadId } = listener;
    if (threadId === undefined) {
      all.add(listener);
      return () => void all.delete(listener);
    }
    const set = byThread.get(threadId) ?? new Set();
    byThread.set(threadId, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0) byThread.delete(threadId);
    };
  }

  return {
    changed: (threadId) => {
      for (const listener of listenersOf(threadId)) {
        listener.dirty = true;
        listener.wake();
      }
    },
    tell: (notice) => {
      for (const listener of listenersOf(notice.threadId)) {
        if (notice.visibility !== 'all' && notice.visibility !== listener.audience) continue;
        listener.notices.push(notice);
        if (listener.notices.length > DESK.noticesWaiting) listener.notices.shift();
        listener.wake();
      }
    },
    async *stream({ threadId, after, audience, signal }) {
      const listener: Listener = { threadId, audience, dirty: true, notices: [], wake: () => undefined };
      const remove = add(listener);
      let place = after;
      try {
        while (!signal.aborted && !closed) {
          const events = listener.dirty ? await read(store, listener, place) : [];
          for (const event of events) {
            place = threadId === undefined ? event.position : event.sequence!;
            yield { stored: event };
          }
          while (listener.notices.length > 0) yield { notice: listener.notices.shift()! };
          if (listener.dirty || listener.notices.length > 0) continue;
          // What was raised while the store was read wakes nobody.
          if (signal.aborted || closed) return;
          if (!(await woken(listener, heartbeatMs, signal))) yield { heartbeat: true };
        }
      } finally {
        remove();
      }
    },
    hasCustomer: (threadId) =>
      [...(byThread.get(threadId) ?? [])].some(({ audience }) => audience === 'customer'),
    close: () => {
      closed = true;
      for (const set of [all, ...byThread.values()]) for (const { wake } of set) wake();
    },
    get listeners() {
      return all.size + [...byThread.values()].reduce((sum, set) => sum + set.size, 0);
    },
  };
}

async function read(
  store: Pick<DeskStore, 'listEvents' | 'listAllEvents'>,
  listener: Listener,
  after: number,
): Promise<DeskEvent[]> {
  // Before reading: what comes meanwhile makes it dirty again.
  listener.dirty = false;
  const limit = DESK.eventsPerRead;
  const events =
    listener.threadId === undefined
      ? await store.listAllEvents({ after, limit })
      : await store.listEvents(listener.threadId, {
          after,
          limit,
          ...(listener.audience === 'customer' && { visibility: 'all' as const }),
        });
  if (events.length === limit) listener.dirty = true;
  return events;
}

/** False when nothing happened for so long. */
function woken(listener: Listener, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (result: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      listener.wake = () => undefined;
      resolve(result);
    };
    const leave = (): void => end(true);
    const timer = setTimeout(() => end(false), milliseconds);
    signal.addEventListener('abort', leave, { once: true });
    listener.wake = () => end(true);
  });
}
