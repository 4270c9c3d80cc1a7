import { useEffect, useState } from 'preact/hooks';
import { relativeTime, wholeTime } from '../format/time.ts';

/** Milliseconds between two looks at the clock. */
const TICK_MS = 30_000;

/** A time as the distance from now; the whole time on hover and for screen readers. */
export function RelativeTime({ at }: { at: string }) {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={wholeTime(at)}>
      {relativeTime(at)}
    </time>
  );
}
