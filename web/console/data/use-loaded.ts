import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export type Loaded<Value> =
  | { state: 'loading'; value: Value | null }
  | { state: 'failed'; error: unknown; value: null }
  | { state: 'ready'; value: Value };

/**
 * Loads something and again whenever `key` changes; a result for an earlier key is dropped.
 * `reload` asks anew and goes on showing what is there; `set` puts in what an action answered.
 */
export function useLoaded<Value>(key: string, load: (signal: AbortSignal) => Promise<Value>) {
  const [loaded, setLoaded] = useState<Loaded<Value> & { key: string }>({
    state: 'loading',
    value: null,
    key,
  });
  const [round, setRound] = useState(0);
  const loader = useRef(load);
  loader.current = load;

  useEffect(() => {
    const leaving = new AbortController();
    loader
      .current(leaving.signal)
      .then((value) => !leaving.signal.aborted && setLoaded({ state: 'ready', value, key }))
      .catch((error: unknown) => {
        if (!leaving.signal.aborted) setLoaded({ state: 'failed', error, value: null, key });
      });
    return () => leaving.abort();
  }, [key, round]);

  const reload = useCallback(() => setRound((count) => count + 1), []);
  const set = useCallback(
    (change: (value: Value) => Value) =>
      setLoaded((now) => (now.state === 'ready' ? { ...now, value: change(now.value) } : now)),
    [],
  );
  const current: Loaded<Value> = loaded.key === key ? loaded : { state: 'loading', value: null };
  return { loaded: current, reload, set };
}
