import { AnswerboxError } from '../errors.ts';

/** Parts that can work worse than they should while the rest goes on. */
export const FAULT_PARTS = [
  'store',
  'disk',
  'memory',
  'index',
  'generator',
  'large_generator',
  'clock',
  'backup',
  'retention',
  'folders',
  'certificate',
] as const;
export type FaultPart = (typeof FAULT_PARTS)[number];

export interface Fault {
  part: FaultPart;
  /** 'failing': it does not work now. 'healed': it worked itself out; nothing to do but to know it. */
  state: 'failing' | 'healed';
  /** What happened, without paths: strangers may read it. */
  message: string;
  /** ISO 8601, UTC, of the first time. */
  since: string;
}

/** What works worse than it should, as /readyz, the console and the log tell it. One entry a part, the worst. */
export interface Faults {
  report(part: FaultPart, state: Fault['state'], message: string): void;
  /** Looks at a failure on its way out: a damaged store or a full disk is remembered. */
  notice(error: unknown): void;
  /** It works again. */
  clear(part: FaultPart): void;
  list(): Fault[];
}

export interface FaultOptions {
  now?: () => Date;
  log?: (level: 'warn' | 'error', message: string) => void;
}

export function createFaults({ now = () => new Date(), log = () => undefined }: FaultOptions = {}): Faults {
  const faults = new Map<FaultPart, Fault>();
  const report: Faults['report'] = (part, state, message) => {
    const known = faults.get(part);
    if (known?.message === message && known.state === state) return;
    // A healed one does not hide that something fails still.
    if (known?.state === 'failing' && state === 'healed') return;
    faults.set(part, { part, state, message, since: known?.since ?? now().toISOString() });
    log(state === 'failing' ? 'error' : 'warn', `${part}: ${message}`);
  };
  return {
    report,
    notice: (error) => {
      if (!(error instanceof AnswerboxError)) return;
      if (error.code === 'store_damaged') report('store', 'failing', STORE_DAMAGED);
      if (error.code === 'storage_full') report('disk', 'failing', DISK_FULL);
    },
    clear: (part) => void faults.delete(part),
    list: () => FAULT_PARTS.flatMap((part) => faults.get(part) ?? []),
  };
}

const STORE_DAMAGED = 'a page of the database is damaged; run "answerbox doctor store" and restore a backup';
export const DISK_FULL = 'the disk is full; free some space, nothing that was stored is lost';
export const DISK_SLOW =
  'the disk is slow: a small write takes seconds, and whatever is stored waits for it; look at the disk and at what else uses it';
export const DISK_READ_ONLY = 'the disk cannot be written; answers go on, nothing new is stored';
