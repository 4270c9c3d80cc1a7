import { setTimeout as wait } from 'node:timers/promises';
import { AnswerboxError, throwIfCancelled } from '../errors.ts';
import type { AuditStore } from '../stores/contracts.ts';
import type { RetentionClass, RetentionLimits } from '../stores/privacy-contracts.ts';
import type { PrivacyTools } from './privacy.ts';
import { PRIVACY } from './privacy-settings.ts';
import { removeExpiredCustomers } from './remove-customers.ts';
import { noteRan, readRetentionState } from './retention-state.ts';
import { trustClock, type ClockTools } from './trust-clock.ts';

/** Days by class; 0: for ever. */
export interface RetentionDays {
  message_days: number;
  anonymise_days: number;
  ticket_days: number;
  customer_days: number;
  trace_days: number;
  audit_days: number;
}

export interface RetentionTools extends PrivacyTools, Pick<ClockTools, 'clockWasSet'> {
  days: RetentionDays;
  audit: Pick<AuditStore, 'countOlder' | 'list' | 'trim'>;
  isAnswering: () => boolean;
}

export interface RetentionRow {
  class: RetentionClass | 'audit';
  /** Of what was last touched before this, ISO 8601, UTC; null: it is kept for ever. */
  before: string | null;
  days: number;
  /** Rows that a run now would remove, or take the person out of. */
  rows: number;
}

export interface RetentionPlan {
  rows: RetentionRow[];
  conversations: number;
  /** When a run last came to its end, ISO 8601, UTC; null: none ever did. */
  ran_at: string | null;
  /** It would remove more than usual and waits for somebody's word. */
  held: boolean;
  /** The first class of which it would, and how many rows there are in all. */
  heldBy: { class: RetentionRow['class']; removed: number; total: number } | null;
}

export interface RetentionOptions {
  confirmed?: boolean;
  automatic?: boolean;
  signal?: AbortSignal;
}

/** What is too old by now; nothing is changed. */
export async function planRetention(tools: RetentionTools): Promise<RetentionPlan> {
  const { store, audit, days, now } = tools;
  const at = now();
  const limits = limitsOf(days, at);
  const counts = await store.countExpired(limits, at.toISOString());
  const auditBefore = beforeOf(days.audit_days, at);
  const all = await store.countAll();
  const row = (
    name: RetentionRow['class'],
    kept: number,
    before: string | null,
    rows: number,
  ): RetentionRow => ({
    class: name,
    days: kept,
    before,
    rows,
  });
  const lines = auditBefore === null ? 0 : await audit.countOlder(auditBefore);
  const rows = [
    row('conversations', days.message_days, limits.conversations, counts.conversations),
    row('anonymise', days.anonymise_days, limits.anonymise, counts.anonymise),
    row('tickets', days.ticket_days, limits.tickets, counts.tickets),
    row('customers', days.customer_days, limits.customers, counts.customers),
    row('deliveries', days.message_days, limits.deliveries, counts.deliveries),
    row('traces', days.trace_days, limits.traces, counts.traces),
    row('signIns', 0, at.toISOString(), counts.signIns),
    row('audit', days.audit_days, auditBefore, lines),
  ];
  const { conversations } = all;
  const totals = { ...all, anonymise: conversations, audit: await audit.countOlder(EVER) };
  const heldBy = moreThanUsual(rows, totals);
  const { ran_at } = await readRetentionState(tools.settings);
  return { rows, conversations, ran_at, held: heldBy !== null, heldBy };
}

/** After every time that is written. */
const EVER = '9999';

/** Deliveries and sessions that ended are nobody's loss. */
function moreThanUsual(
  rows: readonly RetentionRow[],
  totals: Partial<Record<RetentionRow['class'], number>>,
): RetentionPlan['heldBy'] {
  for (const { class: name, rows: removed } of rows) {
    const total = totals[name];
    if (total === undefined) continue;
    if (removed > PRIVACY.usualRows && removed > PRIVACY.usualShare * total)
      return { class: name, removed, total };
  }
  return null;
}

/**
 * Removes what is too old, in slices behind questions. What was done stays done when it is stopped.
 * @param options.automatic nobody asked for it: not while the clock is in doubt
 * @throws retention_held unless confirmed, retention_clock, cancelled
 */
export async function runRetention(
  tools: RetentionTools,
  { confirmed = false, automatic = false, signal }: RetentionOptions = {},
): Promise<Record<RetentionRow['class'], number>> {
  const { store, audit, days, now, memory, trail } = tools;
  if (automatic) await trustClock(tools);
  const { heldBy } = await planRetention(tools);
  if (heldBy && !confirmed) throw new AnswerboxError('retention_held', { ...heldBy });
  const at = now();
  const limits = limitsOf(days, at);
  const total = {
    conversations: 0,
    anonymise: 0,
    tickets: 0,
    customers: 0,
    deliveries: 0,
    traces: 0,
    signIns: 0,
    audit: 0,
  };
  for (let more = true; more;) {
    await rest(tools, signal);
    const slice = await store.removeExpired(limits, at.toISOString(), PRIVACY.slice);
    for (const id of slice.conversations) await memory.sessions.remove(id);
    more = false;
    for (const [name, rows] of Object.entries(slice.removed) as [keyof typeof slice.removed, number][]) {
      total[name] += rows;
      if (rows > 0) more = true;
    }
  }
  total.customers = await removeExpiredCustomers(tools, limits.customers, () => rest(tools, signal));
  const auditBefore = beforeOf(days.audit_days, at);
  if (auditBefore !== null) total.audit = await audit.trim(auditBefore);
  await noteRan(tools.settings, at);
  if (Object.values(total).some((rows) => rows > 0)) {
    if (total.conversations + total.tickets + total.anonymise + total.customers > 0)
      await memory.dropRemovedBytes();
    await trail.write({
      actor: 'machine retention',
      action: 'retention',
      outcome: 'done',
      code: null,
      detail: total,
    });
  }
  return total;
}

function limitsOf(days: RetentionDays, at: Date): RetentionLimits {
  return {
    conversations: beforeOf(days.message_days, at),
    anonymise: beforeOf(days.anonymise_days, at),
    tickets: beforeOf(days.ticket_days, at),
    customers: beforeOf(days.customer_days, at),
    deliveries: beforeOf(days.message_days, at),
    traces: beforeOf(days.trace_days, at),
  };
}

function beforeOf(days: number, at: Date): string | null {
  return days === 0 ? null : new Date(at.getTime() - days * 86_400_000).toISOString();
}

async function rest({ isAnswering }: RetentionTools, signal: AbortSignal | undefined): Promise<void> {
  const until = performance.now() + PRIVACY.yieldMs;
  do {
    throwIfCancelled(signal);
    await wait(PRIVACY.restMs);
  } while (isAnswering() && performance.now() < until);
}
