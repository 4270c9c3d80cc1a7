import { useEffect } from 'preact/hooks';
import { useLoaded } from './use-loaded.ts';

/** As {@link useLoaded}, and again every so many milliseconds; not while the tab is hidden. */
export function usePolled<Value>(
  key: string,
  everyMs: number,
  load: (signal: AbortSignal) => Promise<Value>,
): ReturnType<typeof useLoaded<Value>> {
  const known = useLoaded(key, load);
  const { reload } = known;
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);
  return known;
}
