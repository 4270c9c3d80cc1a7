import { tellDone, tellFailure, UNDO_MS } from '../components/toasts.tsx';

interface Deferred {
  /** What was done, in words. */
  text: string;
  /** Does it on the server; `leaving` when the page is being closed. */
  commit: (leaving: boolean) => Promise<unknown>;
  /** Takes back what is shown, when it was undone or refused. */
  rollBack: () => void;
}

const waiting = new Set<(leaving: boolean) => void>();

/**
 * A step that customers notice, as resolving, which asks them for a rating: shown at once, and done when it can no
 * longer be undone. A page that is closed before then does it on its way out.
 */
export function doDeferred({ text, commit, rollBack }: Deferred): void {
  const finish = (leaving: boolean): void => {
    if (!waiting.delete(finish)) return;
    clearTimeout(timer);
    commit(leaving).catch((error: unknown) => {
      rollBack();
      tellFailure(error);
    });
  };
  const timer = setTimeout(() => finish(false), UNDO_MS);
  waiting.add(finish);
  tellDone(text, () => {
    if (!waiting.delete(finish)) return;
    clearTimeout(timer);
    rollBack();
  });
}

/** Does at once what still could be undone. */
export function finishDeferred(leaving: boolean): void {
  for (const finish of [...waiting]) finish(leaving);
}

addEventListener('pagehide', () => finishDeferred(true));
