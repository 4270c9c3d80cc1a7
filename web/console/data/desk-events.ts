import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { DeskEvent } from '../api/wire-types.ts';
import { loadSession, session } from '../session/session.ts';

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

const TYPES: readonly LiveEvent['type'][] = [
  'message-add',
  'note-add',
  'handover-start',
  'state-change',
  'thread-change',
  'ticket-add',
  'ticket-change',
  'sla-warn',
  'sla-breach',
  'csat-ask',
  'csat-add',
  'attachment-add',
  'typing-change',
  'read-change',
  'presence-change',
];
/** Milliseconds before a refused stream is asked for again; a broken line the browser mends by itself. */
const RETRY_MS = 3_000;

const listeners = new Set<(event: LiveEvent) => void>();

/**
 * Follows everything that staff may see, from now on; after a break from the last position on, so nothing is lost
 * and nothing comes twice. @returns ends it
 */
export function followDesk(): () => void {
  let position: number | null = null;
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const take = (message: MessageEvent<string>): void => {
    const event = JSON.parse(message.data) as LiveEvent;
    if (!isNotice(event)) {
      if (position !== null && event.position <= position) return;
      position = event.position;
    }
    for (const listener of [...listeners]) listener(event);
  };
  const open = (): void => {
    source = new EventSource(`/api/v1/events${position === null ? '' : `?after=${position}`}`);
    for (const type of TYPES) source.addEventListener(type, take);
    source.onopen = () => (liveState.value = 'live');
    source.onerror = () => {
      liveState.value = 'lost';
      if (source?.readyState !== EventSource.CLOSED) return;
      retry = setTimeout(() => void again(), RETRY_MS);
    };
  };
  const again = async (): Promise<void> => {
    await loadSession().catch(() => undefined);
    if (session.value?.signed_in) open();
  };
  open();
  return () => {
    clearTimeout(retry);
    source?.close();
  };
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
