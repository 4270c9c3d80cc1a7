import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { getThread, listEvents } from '../api/desk-api.ts';
import type { DeskEvent, Present, WholeThread } from '../api/wire-types.ts';
import { tellFailure } from '../components/toasts.tsx';
import { isNotice, useDeskEvents, type LiveEvent } from '../data/desk-events.ts';
import { useLoaded } from '../data/use-loaded.ts';
import { gapBefore, mergeEvents } from './merge-events.ts';

/** Events read at once. */
const PAGE = 100;

interface Opened {
  thread: WholeThread;
  events: readonly DeskEvent[];
}

async function open(id: string, signal: AbortSignal): Promise<Opened> {
  const [thread, events] = await Promise.all([
    getThread(id, signal),
    listEvents(id, { before: Number.MAX_SAFE_INTEGER }, PAGE, signal),
  ]);
  return { thread, events };
}

/** A thread with its newest events, followed live; older ones come page by page. */
export function useThread(id: string) {
  const { loaded, reload, set } = useLoaded(id, (signal) => open(id, signal));
  const [present, setPresent] = useState<Present>([]);
  const [customerTypes, setCustomerTypes] = useState(false);
  const latest = useRef<Opened | null>(null);
  latest.current = loaded.value;
  const busy = useRef(false);

  useEffect(() => {
    setCustomerTypes(false);
    setPresent([]);
  }, [id]);
  useEffect(() => {
    if (loaded.state === 'ready') setPresent(loaded.value.thread.present);
  }, [loaded.state, id]);

  const addEvents = useCallback(
    (more: readonly DeskEvent[]) =>
      set((now) => (now.thread.id === id ? { ...now, events: mergeEvents(now.events, more) } : now)),
    [id],
  );
  const setThread = useCallback((thread: WholeThread) => set((now) => ({ ...now, thread })), []);

  const follow = async (event: DeskEvent): Promise<void> => {
    const gap = gapBefore(latest.current?.events ?? [], event);
    addEvents(gap === null ? [event] : await listEvents(id, { after: gap }, 200));
    setThread(await getThread(id));
  };
  const notice = ({ type, data }: Exclude<LiveEvent, DeskEvent>): void => {
    if (type === 'presence-change') setPresent(data['present'] as Present);
    // What was read only ever grows, whatever order it is told in.
    if (type === 'read-change' && data['who'] === 'customer')
      set((now) => {
        const read = Math.max(now.thread.customer_read, Number(data['sequence']));
        return { ...now, thread: { ...now.thread, customer_read: read } };
      });
    if (type === 'typing-change') setCustomerTypes(data['typing'] === true);
  };
  useDeskEvents((event) => {
    if (event.thread_id !== id || !latest.current) return;
    if (isNotice(event)) notice(event);
    else follow(event).catch(tellFailure);
  });

  const loadOlder = useCallback(() => {
    const first = latest.current?.events[0]?.sequence ?? 1;
    if (first <= 1 || busy.current) return;
    busy.current = true;
    listEvents(id, { before: first }, PAGE)
      .then(addEvents)
      .catch(tellFailure)
      .finally(() => (busy.current = false));
  }, [id]);

  return { loaded, reload, setThread, addEvents, loadOlder, present, setPresent, customerTypes };
}
