import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { countThreads, getThread, listThreads } from '../../api/desk-api.ts';
import type { Thread } from '../../api/wire-types.ts';
import { tellFailure } from '../../components/toasts.tsx';
import { isNotice, useDeskEvents } from '../../data/desk-events.ts';
import { useCursorList } from '../../data/use-cursor-list.ts';
import { ownId } from '../../session/session.ts';
import { isInView, queryOf, type View } from './views.ts';

/** Milliseconds for which changes are gathered before the list asks for them. */
const GATHER_MS = 150;
/** Beyond so many changed threads at once, the list is loaded anew. */
const MOST_SINGLE = 10;

/** The threads of a view and the counts of all views, kept up with what happens. */
export function useInbox(view: View, search: string) {
  const list = useCursorList<Thread>(`${view} ${search}`, (cursor, signal) =>
    listThreads({ ...queryOf(view), q: search }, cursor, signal),
  );
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  const changed = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const loadCounts = useCallback(() => {
    countThreads().then(setCounts).catch(tellFailure);
  }, []);
  useEffect(loadCounts, [view]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const take = async (ids: readonly string[]): Promise<void> => {
    loadCounts();
    // What fits a search only the server knows.
    if (ids.length > MOST_SINGLE || search !== '') return list.reload();
    const threads = await Promise.all(ids.map((id) => getThread(id)));
    list.setItems((items) => {
      const rest = items.filter(({ id }) => !ids.includes(id));
      return [...threads.filter((thread) => isInView(view, thread, ownId())), ...rest].sort(newestFirst);
    });
  };
  useDeskEvents((event) => {
    if (event.thread_id === null || (isNotice(event) && event.type !== 'read-change')) return;
    changed.current.add(event.thread_id);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const ids = [...changed.current];
      changed.current.clear();
      take(ids).catch(tellFailure);
    }, GATHER_MS);
  });
  return { list, counts };
}

const newestFirst = (one: Thread, other: Thread): number =>
  one.updated_at < other.updated_at ? 1 : one.updated_at > other.updated_at ? -1 : 0;
