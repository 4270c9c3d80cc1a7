import { randomUUID } from 'node:crypto';
import { sayIn } from '../messages/say.ts';
import { waitEventId, type NewDeskEvent } from '../stores/thread-contracts.ts';
import type { TicketChange, TicketRecord } from '../stores/ticket-contracts.ts';
import { joinSentences } from './availability.ts';
import { DESK } from './desk-settings.ts';
import { DESK_ACTOR, type DeskTools } from './desk-tools.ts';
import { handOver } from './hand-over.ts';
import { resumeClocks, TOLD } from './sla-policies.ts';
import { staffLeft } from './staff-left.ts';

const HOUR = 3_600_000;

/** Everything that time brings, looked up in the store: what a stop of the server held up happens after it. */
export async function deskTick(tools: DeskTools): Promise<void> {
  await rescueStranded(tools);
  await releaseLeft(tools);
  await tellOfWaiting(tools);
  const at = tools.now();
  const closeBefore = new Date(at.getTime() - DESK.closeAfterHours * HOUR).toISOString();
  const due = await tools.store.listDue(at.toISOString(), closeBefore, DESK.ticketsPerTick);
  for (const ticket of due) await tickTicket(ticket, at, tools);
}

/** Questions that nobody answered, because the models died or the server stopped, go to a person. */
async function rescueStranded(tools: DeskTools): Promise<void> {
  const { store, now } = tools;
  const at = now().getTime();
  const stamp = (seconds: number): string => new Date(at - seconds * 1000).toISOString();
  const stranded = await store.listStranded(
    stamp(DESK.forgottenSeconds),
    stamp(DESK.strandedSeconds),
    DESK.ticketsPerTick,
  );
  for (const { id, conversationId } of stranded) {
    const { text, language } = await handOver(
      {
        conversationId,
        reason: 'tool_failure',
        rule: 'left without an answer',
        priority: 'high',
        actor: DESK_ACTOR,
      },
      tools,
    );
    const say = sayIn(language ?? 'en');
    await store.addMessage({
      id: randomUUID(),
      threadId: id,
      role: 'assistant',
      text: joinSentences([say('desk.passedOn'), text], say),
      actor: DESK_ACTOR,
    });
  }
}

/** A customer who writes to people again, or in a conversation that was closed: whoever has it hears of it. */
async function tellOfWaiting({ store, now }: DeskTools): Promise<void> {
  const at = now().getTime();
  const stamp = (seconds: number): string => new Date(at - seconds * 1000).toISOString();
  const waiting = await store.listWaiting(
    stamp(DESK.forgottenSeconds),
    stamp(DESK.waitsSeconds),
    DESK.ticketsPerTick,
  );
  const events = waiting.map(({ id, ticket, waitingSince }) => ({
    id: waitEventId(id, waitingSince ?? ''),
    threadId: id,
    ticket,
    type: 'customer-waits' as const,
    visibility: 'staff' as const,
    actor: DESK_ACTOR,
    data: { ticket, since: waitingSince },
  }));
  if (events.length > 0) await store.apply({ events });
}

/** Somebody was removed, perhaps by the command line while the server was off. */
async function releaseLeft(tools: DeskTools): Promise<void> {
  const assignees = await tools.store.listAssignees();
  if (assignees.length === 0) return;
  const users = await tools.users.listUsers();
  const working = new Set(users.filter(({ disabled }) => !disabled).map(({ id }) => id));
  for (const id of assignees) if (!working.has(id)) await staffLeft(id, tools);
}

async function tickTicket(ticket: TicketRecord, at: Date, tools: DeskTools): Promise<void> {
  const { number, status } = ticket;
  const [thread] = await tools.store.threadsOfTicket(number);
  const base = {
    threadId: thread?.id ?? null,
    ticket: number,
    actor: DESK_ACTOR,
    visibility: 'staff',
  } as const;
  const write = (set: TicketChange, events: NewDeskEvent[]) =>
    tools.store.apply({ tickets: [{ number, set }], events });
  const changed = (to: string): NewDeskEvent => ({
    ...base,
    type: 'ticket-change',
    data: { change: { status: [status, to] }, status: to },
  });
  if (status === 'snoozed')
    await write({ ...resumeClocks(ticket, at, tools.profile()), status: 'open', snoozedUntil: null }, [
      changed('open'),
    ]);
  else if (status === 'resolved')
    await write({ status: 'closed', closedAt: at.toISOString() }, [changed('closed')]);
  else {
    const { told, events } = slaEvents(ticket, at.toISOString());
    await write(
      { slaTold: told },
      events.map(({ type, ...data }) => ({ ...base, type, data: { number, ...data } })),
    );
  }
}

/** What is to be told of a ticket's due times by now, and what will have been told then. */
export function slaEvents(
  ticket: TicketRecord,
  now: string,
): {
  told: number;
  events: { type: 'sla-warn' | 'sla-breach'; which: string; due_at: string }[];
} {
  let told = ticket.slaTold;
  const events: { type: 'sla-warn' | 'sla-breach'; which: string; due_at: string }[] = [];
  const look = (
    which: string,
    due: string | null,
    warn: string | null,
    warned: number,
    breached: number,
  ): void => {
    if (due === null) return;
    if (due <= now && !(told & breached)) {
      // The breach says it all: no warning after it.
      told |= breached | warned;
      events.push({ type: 'sla-breach', which, due_at: due });
    } else if (warn !== null && warn <= now && !(told & warned)) {
      told |= warned;
      events.push({ type: 'sla-warn', which, due_at: due });
    }
  };
  if (ticket.firstResponseAt === null)
    look(
      'first_response',
      ticket.firstResponseDue,
      ticket.firstResponseWarnAt,
      TOLD.firstWarned,
      TOLD.firstBreached,
    );
  look(
    'resolution',
    ticket.resolutionDue,
    ticket.resolutionWarnAt,
    TOLD.resolutionWarned,
    TOLD.resolutionBreached,
  );
  return { told, events };
}
