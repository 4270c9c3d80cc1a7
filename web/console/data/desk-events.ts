import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { addressOf } from '../api/request.ts';
import type { DeskEvent } from '../api/wire-types.ts';
import { loadSession, session } from '../session/session.ts';
import { followLine } from './follow-line.ts';

/** What is told to whoever listens now and is stored nowhere. */
export interface Notice {
  type: 'typing-change' | 'read-change' | 'presence-change';
  thread_id: string;
  data: Readonly<Record<string, unknown>>;
}
export type LiveEvent = DeskEvent | Notice;

export const isNotice = (event: LiveEvent): event is Notice => !('position' in event);

/** Whether what happens is shown as it happens. */
export const liveState = signal<'connecting' | 'live' | 'lost'>('connecting');

const listeners = new Set<(event: LiveEvent) => void>();

/** Follows everything that staff may see, from now on, as long as somebody is signed in. @returns ends it */
export function followDesk(): () => void {
  liveState.value = 'connecting';
  return followLine<LiveEvent>({
    open: (after, signal) => fetch(addressOf('/api/v1/events', { after }), { signal }),
    positionOf: (event) => (isNotice(event) ? null : event.position),
    take: (event) => {
      for (const listener of [...listeners]) listener(event);
    },
    onState: (state) => (liveState.value = state),
    mayRetry: async () => {
      await loadSession().catch(() => undefined);
      return session.value?.signed_in === true;
    },
    onReturn: (listener) => {
      const seen = () => !document.hidden && listener();
      addEventListener('online', listener);
      document.addEventListener('visibilitychange', seen);
      return () => {
        removeEventListener('online', listener);
        document.removeEventListener('visibilitychange', seen);
      };
    },
  });
}

/** Calls the newest `listener` with each event while the component is there. */
export function useDeskEvents(listener: (event: LiveEvent) => void): void {
  const newest = useRef(listener);
  newest.current = listener;
  useEffect(() => {
    const call = (event: LiveEvent): void => newest.current(event);
    listeners.add(call);
    return () => void listeners.delete(call);
  }, []);
}
