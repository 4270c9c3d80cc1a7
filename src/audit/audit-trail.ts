import { reasonOf } from '../errors.ts';
import type { AuditEntry, AuditStore } from '../stores/contracts.ts';
import { AUDIT } from './audit-settings.ts';

export interface AuditTrail {
  /** Written with what else comes in this turn of the event loop; resolves when it is on the disk. */
  write(entry: AuditEntry): Promise<void>;
  /** As `write`; the same actor, action and thing within some minutes are one line. */
  look(entry: AuditEntry): Promise<void>;
  /** As `look`, for callers who are nobody: so many an hour, the rest is counted. */
  stranger(entry: AuditEntry): Promise<void>;
}

export interface AuditTrailOptions {
  store: AuditStore;
  log?: (level: 'warn', message: string) => void;
  /** Milliseconds since 1970. */
  now?: () => number;
}

const HOUR_MS = 3_600_000;

/**
 * The lines of the audit, in as few writes as possible. A line that found no room on the disk does not keep
 * anybody from reading; it is counted, and the next line that can be written is preceded by one that says so.
 */
export function createAuditTrail({
  store,
  log = () => undefined,
  now = Date.now,
}: AuditTrailOptions): AuditTrail {
  let waiting: AuditEntry[] = [];
  let written: Promise<void> | null = null;
  let lost = 0;
  const looks = new Map<string, number>();
  let strangers = { hour: 0, lines: 0, more: 0 };

  const flush = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    written = null;
    const batch = waiting;
    waiting = [];
    const gaps = lost;
    try {
      await store.appendAll(gaps > 0 ? [told('audit-gap', gaps), ...batch] : batch);
      lost -= gaps;
    } catch (error) {
      lost += batch.length;
      log('warn', `${batch.length} lines of the audit could not be written: ${reasonOf(error)}`);
    }
  };
  const write = (entry: AuditEntry): Promise<void> => {
    waiting.push(entry);
    written ??= flush();
    return written;
  };
  const isNew = (entry: AuditEntry): boolean => {
    const key = JSON.stringify([entry.actor, entry.action, entry.outcome, entry.detail['about'] ?? null]);
    const last = looks.get(key);
    if (last !== undefined && now() - last < AUDIT.lookSeconds * 1000 && now() >= last) return false;
    looks.delete(key);
    looks.set(key, now());
    const [oldest] = looks.keys();
    if (looks.size > AUDIT.looksRemembered && oldest !== undefined) looks.delete(oldest);
    return true;
  };
  return {
    write,
    look: async (entry) => (isNew(entry) ? write(entry) : undefined),
    stranger: async (entry) => {
      if (!isNew(entry)) return;
      const hour = Math.floor(now() / HOUR_MS);
      if (hour !== strangers.hour) {
        const { more } = strangers;
        strangers = { hour, lines: 0, more: 0 };
        if (more > 0) await write(told('more-strangers', more));
      }
      if (strangers.lines >= AUDIT.strangersAnHour) {
        strangers.more += 1;
        return;
      }
      strangers.lines += 1;
      await write(entry);
    },
  };
}

function told(action: string, lines: number): AuditEntry {
  return { actor: 'machine audit', action, outcome: 'done', code: null, detail: { lines } };
}
