import { useCallback, useEffect, useRef } from 'preact/hooks';
import { tellPresence, type DraftKind } from '../api/desk-api.ts';
import type { Present } from '../api/wire-types.ts';

/** Milliseconds: the server forgets who has not told of themselves for 25 s. */
const EVERY_MS = 10_000;
/** Without a key or a movement of the pointer for so long, one is idle. */
const IDLE_MS = 60_000;
/** A writer who has paused so long is looking on. */
const WRITING_MS = 6_000;

/** Tells colleagues that one looks at a thread, is away from the desk, or writes. @returns to call at each keystroke */
export function usePresence(id: string, onPresent: (present: Present) => void): (kind: DraftKind) => void {
  const told = useRef('');
  const active = useRef(Date.now());
  const written = useRef<{ kind: DraftKind; at: number } | null>(null);

  const tell = useCallback(
    (always: boolean) => {
      const now = Date.now();
      const writing = written.current && now - written.current.at < WRITING_MS ? written.current.kind : null;
      const idle = document.hidden || now - active.current > IDLE_MS;
      const state = writing ? 'writing' : idle ? 'idle' : 'viewing';
      const said = `${state} ${writing ?? ''}`;
      if (said === told.current && !always) return;
      told.current = said;
      // Presence is a courtesy: a failure is told by whatever is done next.
      tellPresence(id, state, writing)
        .then(({ present }) => onPresent(present))
        .catch(() => undefined);
    },
    [id],
  );

  useEffect(() => {
    told.current = '';
    written.current = null;
    tell(true);
    const regular = setInterval(() => tell(true), EVERY_MS);
    const quick = setInterval(() => tell(false), 1_000);
    const move = () => (active.current = Date.now());
    const leave = () => void tellPresence(id, 'away', null, true).catch(() => undefined);
    addEventListener('pointermove', move, { passive: true });
    addEventListener('keydown', move);
    addEventListener('pagehide', leave);
    return () => {
      clearInterval(regular);
      clearInterval(quick);
      removeEventListener('pointermove', move);
      removeEventListener('keydown', move);
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [id]);

  return useCallback(
    (kind) => {
      written.current = { kind, at: Date.now() };
      tell(false);
    },
    [tell],
  );
}
