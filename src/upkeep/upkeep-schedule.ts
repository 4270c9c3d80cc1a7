import { AnswerboxError, reasonOf } from '../errors.ts';
import type { UpkeepReport } from './maintain.ts';
import { dateFormat } from '../text/intl-formats.ts';

/** Milliseconds between two looks at the clock. */
const LOOK_MS = 300_000;

export interface Upkeep {
  /** Begins upkeep now; nothing when it is under way. */
  begin(options: { rewrite?: boolean }): void;
  state(): { running: boolean; last: (UpkeepReport & { at: string }) | null; failure: string | null };
  /** Begins it by itself once a day in the quiet hours. */
  start(): void;
  close(): Promise<void>;
}

export interface UpkeepOptions {
  /** "02-05", in the shop's zone; '' for never. */
  quietHours: string;
  timeZone: () => string;
  run: (options: { rewrite: boolean; signal: AbortSignal }) => Promise<UpkeepReport>;
  /** What else the quiet hours are for, once a day after the upkeep; upkeep by hand is upkeep alone. */
  afterwards?: (signal: AbortSignal) => Promise<void>;
  now?: () => Date;
  log: (level: 'info' | 'warn' | 'error', message: string) => void;
}

export function createUpkeep({
  quietHours,
  timeZone,
  run,
  afterwards = () => Promise.resolve(),
  now = () => new Date(),
  log,
}: UpkeepOptions): Upkeep {
  const stop = new AbortController();
  let running: Promise<void> | null = null;
  let last: (UpkeepReport & { at: string }) | null = null;
  let failure: string | null = null;
  let following: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let lastDay = '';

  const begin = ({ rewrite = false }: { rewrite?: boolean }): void => {
    if (running || stop.signal.aborted) return;
    running = run({ rewrite, signal: stop.signal })
      .then(
        (report) => {
          last = { ...report, at: now().toISOString() };
          failure = null;
        },
        (error: unknown) => {
          failure = reasonOf(error);
          if (!stop.signal.aborted) log('warn', `upkeep: ${failure}`);
        },
      )
      .finally(() => (running = null));
  };
  const look = (): void => {
    const day = now().toISOString().slice(0, 10);
    if (day === lastDay || !isQuiet(now(), quietHours, timeZone())) return;
    lastDay = day;
    begin({});
    // Also after an upkeep that failed: its reason may have nothing to do with the rest.
    following = (running ?? Promise.resolve())
      .then(() => (stop.signal.aborted ? undefined : afterwards(stop.signal)))
      .catch((error: unknown) => log('warn', `quiet hours: ${reasonOf(error)}`));
  };

  return {
    begin,
    state: () => ({ running: running !== null, last, failure }),
    start: () => {
      timer = setInterval(look, LOOK_MS);
      timer.unref();
    },
    close: async () => {
      stop.abort(new AnswerboxError('cancelled'));
      clearInterval(timer);
      await running;
      await following;
    },
  };
}

/** True from the first hour on until the second begins, over midnight too. */
export function isQuiet(at: Date, quietHours: string, timeZone: string): boolean {
  const [from, to] = quietHours.split('-').map(Number);
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return false;
  const text = dateFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(at);
  const hour = Number(text);
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}
