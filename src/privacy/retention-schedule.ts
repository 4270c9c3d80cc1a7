import { AnswerboxError, reasonOf } from '../errors.ts';
import type { SettingStore } from '../stores/contracts.ts';
import type { RetentionOptions } from './retention.ts';
import { noteWaiting, readRetentionState } from './retention-state.ts';

const HOUR_MS = 3_600_000;
const SCHEDULE = {
  /** Milliseconds between two looks whether a run is due. */
  lookMs: 300_000,
  /** Milliseconds after the last run from which one is due: a day, and an hour in which the quiet hours come first. */
  dueMs: 25 * HOUR_MS,
  /** Longest wait for a moment in which nobody asks, ms: then it goes on between questions. */
  patienceMs: 24 * HOUR_MS,
  /** Milliseconds between two tries: one that is held waits for somebody. */
  retryMs: HOUR_MS,
} as const;

export interface RetentionSchedule {
  /**
   * One run by itself, or the one that is under way. What keeps it from running becomes the fault `retention`.
   * @throws cancelled
   */
  run(signal: AbortSignal): Promise<void>;
  /** Runs it whenever the last run is too long ago, whether there are quiet hours or not. */
  start(): void;
  close(): Promise<void>;
}

export interface RetentionScheduleParts {
  /** Clears the fault and notes when it ran, as every run does. */
  runRetention: (options: RetentionOptions) => Promise<unknown>;
  settings: SettingStore;
  faults: { report(part: 'retention', state: 'failing', message: string): void };
  isAnswering: () => boolean;
  now: () => Date;
  log: (level: 'warn', message: string) => void;
}

export function createRetentionSchedule(parts: RetentionScheduleParts): RetentionSchedule {
  const { runRetention, settings, faults, isAnswering, now, log } = parts;
  const stop = new AbortController();
  let running: Promise<void> | null = null;
  let looking: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let triedAt = -Infinity;
  let dueSince: number | null = null;

  const attempt = async (signal: AbortSignal): Promise<void> => {
    triedAt = now().getTime();
    try {
      await runRetention({ automatic: true, signal });
      dueSince = null;
    } catch (error) {
      if (signal.aborted) throw error;
      const code = error instanceof AnswerboxError ? error.code : 'internal';
      log('warn', `retention: ${reasonOf(error)}`);
      faults.report('retention', 'failing', messageOf(code));
      await noteWaiting(settings, code);
    }
  };
  const run = (signal: AbortSignal): Promise<void> =>
    (running ??= attempt(AbortSignal.any([signal, stop.signal])).finally(() => (running = null)));

  const look = async (): Promise<void> => {
    const at = now().getTime();
    const { ran_at } = await readRetentionState(settings);
    // The clock may have been set back since: a run of the future is none.
    if (ran_at !== null && Math.abs(at - Date.parse(ran_at)) < SCHEDULE.dueMs) {
      dueSince = null;
      return;
    }
    dueSince ??= at;
    if (Math.abs(at - triedAt) < SCHEDULE.retryMs) return;
    if (isAnswering() && at - dueSince < SCHEDULE.patienceMs) return;
    await run(stop.signal);
  };
  /** What it waited for before this start is so still. */
  const recall = async (): Promise<void> => {
    const { waits_for } = await readRetentionState(settings);
    if (waits_for !== null) faults.report('retention', 'failing', messageOf(waits_for));
  };
  const tick = (work: () => Promise<void>): void => {
    looking ??= work()
      .catch((error: unknown) => {
        if (!stop.signal.aborted) log('warn', `retention: ${reasonOf(error)}`);
      })
      .finally(() => (looking = null));
  };
  return {
    run,
    start: () => {
      timer = setInterval(() => tick(look), SCHEDULE.lookMs);
      timer.unref();
      tick(recall);
    },
    close: async () => {
      stop.abort(new AnswerboxError('cancelled'));
      clearInterval(timer);
      await running?.catch(() => undefined);
      await looking;
    },
  };
}

/** Without numbers: strangers may read it. */
export function messageOf(code: string): string {
  if (code === 'retention_held')
    return 'what is too old was not removed: it is more than usual and waits for a word; look at "answerbox privacy plan", then run it with --run --yes';
  if (code === 'retention_clock')
    return 'what is too old was not removed: the clock was set, or the server was off for days; it goes on by itself after some days, or at once with "answerbox privacy plan --run"';
  return 'what is too old could not be removed; the log says why, and it is tried again every hour';
}
