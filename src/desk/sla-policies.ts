import { Type, type Static } from '@sinclair/typebox';
import type { HoursProfile } from '../shop/hours-profile.ts';
import type { Priority, TicketChange, TicketRecord } from '../stores/ticket-contracts.ts';
import { addBusinessMinutes, businessMinutesBetween } from './business-time.ts';
import { DESK } from './desk-settings.ts';

const MINUTES = Type.Integer({ minimum: 1, maximum: 100_000 });
const POLICY = Type.Object(
  { first_response_minutes: MINUTES, resolution_minutes: MINUTES },
  { additionalProperties: false },
);
/** `sla.json` in the data folder: minutes of business hours by priority; what is left out is as built in. */
export const SLA_FILE = Type.Object(
  {
    urgent: Type.Optional(POLICY),
    high: Type.Optional(POLICY),
    normal: Type.Optional(POLICY),
    low: Type.Optional(POLICY),
  },
  { additionalProperties: false },
);
export type SlaPolicies = Readonly<Record<Priority, Static<typeof POLICY>>>;

/** A working day has about 600 minutes. */
export const SLA_POLICIES: SlaPolicies = {
  urgent: { first_response_minutes: 30, resolution_minutes: 240 },
  high: { first_response_minutes: 120, resolution_minutes: 600 },
  normal: { first_response_minutes: 480, resolution_minutes: 1800 },
  low: { first_response_minutes: 960, resolution_minutes: 3600 },
};

type DueTimes = Pick<
  TicketRecord,
  'firstResponseDue' | 'resolutionDue' | 'firstResponseWarnAt' | 'resolutionWarnAt'
>;

/** When a ticket of this priority is due, counted from a moment, and when to warn. */
export function dueTimes(
  priority: Priority,
  from: Date,
  { policies, profile }: { policies: SlaPolicies; profile: HoursProfile },
): DueTimes {
  const { first_response_minutes: first, resolution_minutes: resolution } = policies[priority];
  const after = (minutes: number): string => addBusinessMinutes(profile, from, minutes).toISOString();
  return {
    firstResponseDue: after(first),
    resolutionDue: after(resolution),
    firstResponseWarnAt: after(first * DESK.warnShare),
    resolutionWarnAt: after(resolution * DESK.warnShare),
  };
}

/** The due times after a pause: each later by the business hours that it lasted. */
export function resumeClocks(ticket: TicketRecord, at: Date, profile: HoursProfile): TicketChange {
  if (ticket.pausedAt === null) return {};
  const paused = businessMinutesBetween(profile, new Date(ticket.pausedAt), at);
  const later = (time: string | null): string | null =>
    time === null ? null : addBusinessMinutes(profile, new Date(time), paused).toISOString();
  return {
    pausedAt: null,
    firstResponseDue: later(ticket.firstResponseDue),
    resolutionDue: later(ticket.resolutionDue),
    firstResponseWarnAt: later(ticket.firstResponseWarnAt),
    resolutionWarnAt: later(ticket.resolutionWarnAt),
  };
}

export type SlaState = 'none' | 'ok' | 'warning' | 'breached' | 'met' | 'missed';

/** How the ticket stands with its due times at a moment. */
export function slaStates(
  ticket: TicketRecord,
  now: Date,
): { firstResponse: SlaState; resolution: SlaState } {
  const at = (ticket.pausedAt === null ? now : new Date(ticket.pausedAt)).toISOString();
  const state = (due: string | null, warn: string | null, done: string | null): SlaState => {
    if (due === null) return 'none';
    if (done !== null) return done <= due ? 'met' : 'missed';
    if (at > due) return 'breached';
    return warn !== null && at >= warn ? 'warning' : 'ok';
  };
  return {
    firstResponse: state(ticket.firstResponseDue, ticket.firstResponseWarnAt, ticket.firstResponseAt),
    resolution: state(ticket.resolutionDue, ticket.resolutionWarnAt, ticket.resolvedAt),
  };
}
