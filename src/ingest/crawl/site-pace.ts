import { setTimeout as wait } from 'node:timers/promises';
import { throwIfCancelled } from '../../errors.ts';

/** Keeps requests to one site apart. */
export interface SitePace {
  /** Resolves when the next request to this site may begin. @throws cancelled */
  turn(url: string, gapMs: number, signal: AbortSignal): Promise<void>;
}

export function createSitePace(): SitePace {
  /** By origin, when the next request may begin, ms of the monotonic clock. */
  const next = new Map<string, number>();
  return {
    async turn(url, gapMs, signal) {
      const { origin } = new URL(url);
      const now = performance.now();
      const at = Math.max(now, next.get(origin) ?? 0);
      next.set(origin, at + gapMs);
      if (at > now) await wait(at - now, undefined, { signal }).catch(() => undefined);
      throwIfCancelled(signal);
    },
  };
}
