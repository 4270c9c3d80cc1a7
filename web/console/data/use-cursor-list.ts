import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../api/wire-types.ts';

export interface CursorList<Item> {
  state: 'loading' | 'failed' | 'ready';
  items: readonly Item[];
  error: unknown;
  /** Whether the server has more. */
  more: boolean;
  /** Asks for the next page; does nothing while one is on its way or nothing is left. */
  loadMore: () => void;
  /** Starts again from the first page; what is shown stays until it is there. */
  reload: () => void;
  /** Changes what is shown, for what happens live and for steps that are taken back. */
  setItems: (change: (items: readonly Item[]) => readonly Item[]) => void;
}

interface Known<Item> extends Pick<CursorList<Item>, 'state' | 'items' | 'error'> {
  next: string | null;
  key: string;
}

const start = <Item>(key: string): Known<Item> => ({
  state: 'loading',
  items: [],
  error: null,
  next: null,
  key,
});

/** A list that grows page by page; another `key` (filters, sort) is another list. */
export function useCursorList<Item>(
  key: string,
  load: (cursor: string | null, signal: AbortSignal) => Promise<Page<Item>>,
): CursorList<Item> {
  const [known, setKnown] = useState<Known<Item>>(() => start(key));
  const [round, setRound] = useState(0);
  const loader = useRef(load);
  loader.current = load;
  const leaving = useRef<AbortController | null>(null);
  const busy = useRef(false);
  const latest = useRef(known);
  latest.current = known;

  const fetchPage = useCallback(async (cursor: string | null, signal: AbortSignal) => {
    busy.current = true;
    try {
      const page = await loader.current(cursor, signal);
      if (signal.aborted) return;
      setKnown((now) => ({
        key,
        state: 'ready',
        error: null,
        items: cursor === null || now.key !== key ? page.items : [...now.items, ...page.items],
        next: page.next,
      }));
    } catch (error) {
      if (!signal.aborted) setKnown((now) => ({ ...(now.key === key ? now : start(key)), state: 'failed', error }));
    } finally {
      if (!signal.aborted) busy.current = false;
    }
  }, [key]);

  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    void fetchPage(null, controller.signal);
    return () => controller.abort();
  }, [key, round]);

  const loadMore = useCallback(() => {
    const { next, key: shown } = latest.current;
    if (busy.current || next === null || shown !== key || !leaving.current) return;
    void fetchPage(next, leaving.current.signal);
  }, [key, fetchPage]);
  const reload = useCallback(() => setRound((count) => count + 1), []);
  const setItems = useCallback(
    (change: (items: readonly Item[]) => readonly Item[]) =>
      setKnown((now) => ({ ...now, items: change(now.items) })),
    [],
  );
  const shown = known.key === key ? known : start<Item>(key);
  return { ...shown, more: shown.next !== null, loadMore, reload, setItems };
}
