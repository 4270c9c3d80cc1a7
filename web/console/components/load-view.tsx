import type { ComponentChildren } from 'preact';
import type { Loaded } from '../data/use-loaded.ts';
import { Failure, Skeleton } from './states.tsx';

interface LoadViewProps<Value> {
  loaded: Loaded<Value>;
  reload: () => void;
  rows?: number;
  children: (value: Value) => ComponentChildren;
}

/** What was loaded, or the states on the way to it. */
export function LoadView<Value>({ loaded, reload, rows = 4, children }: LoadViewProps<Value>) {
  if (loaded.state === 'failed') return <Failure error={loaded.error} onRetry={reload} />;
  return loaded.state === 'ready' ? <>{children(loaded.value)}</> : <Skeleton rows={rows} />;
}
