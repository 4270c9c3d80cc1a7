import { Type, type Static } from '@sinclair/typebox';
import type { HoursProfile } from '../shop/hours-profile.ts';
import {
  PRIORITIES,
  type Priority,
  type TicketChange,
  type TicketRecord,
} from '../stores/ticket-contracts.ts';
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

type ResponseTimes = Pick<TicketRecord, 'firstResponseDue' | 'firstResponseWarnAt'>;
type ResolutionTimes = Pick<TicketRecord, 'resolutionDue' | 'resolutionWarnAt'>;
type DueTimes = ResponseTimes & ResolutionTimes & Pick<TicketRecord, 'slaFrom' | 'pausedMinutes'>;
interface Reckoning {
  policies: SlaPolicies;
  profile: HoursProfile;
}

/**
 * When a ticket of this priority is due, counted from a moment, and when to warn.
 * @param pausedMinutes of business hours since then that do not count
 */
export function dueTimes(
  priority: Priority,
  from: Date,
  { policies, profile }: Reckoning,
  pausedMinutes = 0,
): DueTimes {
  const { first_response_minutes: first, resolution_minutes: resolution } = policies[priority];
  const after = (minutes: number): string =>
    addBusinessMinutes(profile, from, minutes + pausedMinutes).toISOString();
  return {
    slaFrom: from.toISOString(),
    pausedMinutes,
    firstResponseDue: after(first),
    resolutionDue: after(resolution),
    firstResponseWarnAt: after(first * DESK.warnShare),
    resolutionWarnAt: after(resolution * DESK.warnShare),
  };
}

export const isDone = ({ status }: Pick<TicketRecord, 'status'>): boolean =>
  status === 'resolved' || status === 'closed';

/** The due times after a pause: each later by the business hours that it lasted. */
export function resumeClocks(ticket: TicketRecord, at: Date, profile: HoursProfile): TicketChange {
  if (ticket.pausedAt === null) return {};
  const paused = businessMinutesBetween(profile, new Date(ticket.pausedAt), at);
  const later = (time: string | null): string | null =>
    time === null ? null : addBusinessMinutes(profile, new Date(time), paused).toISOString();
  return {
    pausedAt: null,
    pausedMinutes: ticket.pausedMinutes + paused,
    firstResponseDue: later(ticket.firstResponseDue),
    resolutionDue: later(ticket.resolutionDue),
    firstResponseWarnAt: later(ticket.firstResponseWarnAt),
    resolutionWarnAt: later(ticket.resolutionWarnAt),
  };
}

/**
 * The due times of another priority, counted as those of before were: from the same start, without the same pauses.
 * A response or a resolution that was given is not judged anew.
 */
export function dueTimesOf(
  priority: Priority,
  ticket: TicketRecord,
  at: Date,
  reckoning: Reckoning,
): TicketChange {
  const from = new Date(ticket.slaFrom ?? ticket.createdAt);
  const due = dueTimes(priority, from, reckoning, ticket.pausedMinutes);
  const set: ResponseTimes & ResolutionTimes = {
    firstResponseDue: ticket.firstResponseDue,
    firstResponseWarnAt: ticket.firstResponseWarnAt,
    resolutionDue: ticket.resolutionDue,
    resolutionWarnAt: ticket.resolutionWarnAt,
  };
  if (ticket.firstResponseAt === null) {
    set.firstResponseDue = due.firstResponseDue;
    set.firstResponseWarnAt = due.firstResponseWarnAt;
  }
  if (ticket.resolvedAt === null) {
    set.resolutionDue = due.resolutionDue;
    set.resolutionWarnAt = due.resolutionWarnAt;
  }
  return { ...set, slaTold: stillTold({ ...ticket, ...set }, at) };
}

/**
 * What makes a ticket heavier because of something that happens now: it is due as a new one of that priority would be,
 * and never later than it was. Nothing for a priority that is not higher.
 */
export function raised(
  ticket: TicketRecord,
  priority: Priority,
  at: Date,
  reckoning: Reckoning,
): TicketChange {
  if (PRIORITIES.indexOf(priority) <= PRIORITIES.indexOf(ticket.priority)) return {};
  const fresh = dueTimes(priority, at, reckoning);
  const sooner = (one: string | null, other: string | null): string | null =>
    one === null || (other !== null && other < one) ? other : one;
  const set = {
    resolutionDue: sooner(ticket.resolutionDue, fresh.resolutionDue),
    resolutionWarnAt: sooner(ticket.resolutionWarnAt, fresh.resolutionWarnAt),
    ...(ticket.firstResponseAt === null && {
      firstResponseDue: sooner(ticket.firstResponseDue, fresh.firstResponseDue),
      firstResponseWarnAt: sooner(ticket.firstResponseWarnAt, fresh.firstResponseWarnAt),
    }),
  };
  return { priority, ...set, slaTold: stillTold({ ...ticket, ...set }, at) };
}

/** Bits of `slaTold`: so that a restart, or a clock that was set back, tells nothing twice. */
export const TOLD = { firstWarned: 1, firstBreached: 2, resolutionWarned: 4, resolutionBreached: 8 } as const;

/** What was told, without that whose time is to come again: it is told then once more. */
export function stillTold(ticket: TicketRecord, at: Date): number {
  // While the clocks stand still, times come no nearer.
  const now = ticket.pausedAt ?? at.toISOString();
  const times: [number, string | null][] = [
    [TOLD.firstWarned, ticket.firstResponseWarnAt],
    [TOLD.firstBreached, ticket.firstResponseDue],
    [TOLD.resolutionWarned, ticket.resolutionWarnAt],
    [TOLD.resolutionBreached, ticket.resolutionDue],
  ];
  return times.reduce(
    (told, [bit, time]) => (time !== null && time > now ? told & ~bit : told),
    ticket.slaTold,
  );
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
