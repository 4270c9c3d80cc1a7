import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { getDraft, putDraft, type DraftKind } from '../api/desk-api.ts';

/** Milliseconds after the last key at which a draft is on its way: it is stored within 2 s (console check 31). */
const SAVE_AFTER_MS = 800;

export type DraftState = 'loading' | 'saved' | 'unsaved' | 'failed';

/** One's own draft of a thread and kind, kept on the server. Give the component a key of both. */
export function useDraft(id: string, kind: DraftKind) {
  const [text, show] = useState('');
  const [state, setState] = useState<DraftState>('loading');
  const unsaved = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const touched = useRef(false);

  const save = useCallback(
    async (leaving = false) => {
      const waiting = unsaved.current;
      clearTimeout(timer.current);
      if (waiting === null) return;
      unsaved.current = null;
      try {
        await putDraft(id, kind, waiting, leaving);
        if (unsaved.current === null) setState('saved');
      } catch {
        unsaved.current ??= waiting;
        setState('failed');
        timer.current = setTimeout(() => void save(), 5 * SAVE_AFTER_MS);
      }
    },
    [id, kind],
  );

  useEffect(() => {
    const leaving = new AbortController();
    getDraft(id, kind, leaving.signal)
      .then((draft) => {
        // Whoever has typed already is not interrupted.
        if (!touched.current) show(draft.text);
        setState((now) => (now === 'loading' ? 'saved' : now));
      })
      .catch(() => setState((now) => (now === 'loading' ? 'failed' : now)));
    const leave = () => void save(true);
    addEventListener('pagehide', leave);
    return () => {
      leaving.abort();
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  const setText = useCallback(
    (next: string) => {
      touched.current = true;
      show(next);
      setState('unsaved');
      unsaved.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), SAVE_AFTER_MS);
    },
    [save],
  );
  /** The server drops a draft with what was sent from it. */
  const clear = useCallback(() => {
    clearTimeout(timer.current);
    unsaved.current = null;
    show('');
    setState('saved');
  }, []);
  return { text, setText, clear, state };
}
