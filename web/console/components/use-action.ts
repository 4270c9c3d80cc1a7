import { useCallback, useState } from 'preact/hooks';
import { tellFailure } from './toasts.tsx';

/** Runs one thing at a time and tells of its failure; `busy` is for the button that started it. */
export function useAction(): { busy: boolean; run: (work: () => Promise<unknown>) => void } {
  const [busy, setBusy] = useState(false);
  const run = useCallback((work: () => Promise<unknown>) => {
    setBusy(true);
    void work()
      .catch(tellFailure)
      .finally(() => setBusy(false));
  }, []);
  return { busy, run };
}
