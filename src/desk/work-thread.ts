import { randomUUID } from 'node:crypto';
import { AnswerboxError } from '../errors.ts';
import type {
  Actor,
  DeskEvent,
  NewDeskEvent,
  ThreadChange,
  ThreadRecord,
} from '../stores/thread-contracts.ts';
import type { TicketChange, TicketRecord } from '../stores/ticket-contracts.ts';
import { DESK } from './desk-settings.ts';
import type { DeskTools } from './desk-tools.ts';
import { reopened } from './hand-over.ts';
import { isDone } from './sla-policies.ts';

/** What staff do with a thread. */

/** @throws thread_not_found */
export async function threadOrThrow(id: string, { store }: Pick<DeskTools, 'store'>): Promise<ThreadRecord> {
  const thread = await store.getThread(id);
  if (!thread) throw new AnswerboxError('thread_not_found', { id });
  return thread;
}

/**
 * A reply to the customer. The first one takes an unassigned thread; the assistant is silent from then on.
 * Sent twice under one id, it is one message.
 * @throws thread_not_found, reply_crossed, request_invalid
 */
export async function reply(
  threadId: string,
  message: { text: string; id?: string; seenSequence?: number },
  actor: Actor,
  tools: DeskTools,
): Promise<DeskEvent> {
  const { store } = tools;
  const thread = await threadOrThrow(threadId, tools);
  checkText(message.text);
  if (message.seenSequence !== undefined) await checkCrossing(thread, message.seenSequence, actor, tools);
  const id = message.id ?? randomUUID();
  const event = await store.addMessage({ id, threadId, role: 'staff', text: message.text, actor });
  // The same message came before: it is there, and nothing else is to be done.
  if (!event) return sameMessage(threadId, id, tools);
  await countAsAnswer(thread, event.sequence!, actor, tools);
  return event;
}

/**
 * A reply or a file of staff: nobody waits any more, the thread is theirs, the first response is given. A ticket
 * that was done is open again, as its thread is.
 */
export async function countAsAnswer(
  thread: ThreadRecord,
  sequence: number,
  actor: Actor,
  tools: DeskTools,
): Promise<void> {
  const { store, now } = tools;
  const assigneeId = thread.assigneeId ?? (actor.kind === 'staff' ? actor.id : null);
  const ticket = thread.ticket === null ? null : await store.getTicket(thread.ticket);
  const again = reopening(ticket, thread, actor, tools);
  await store.apply({
    threads: [
      { id: thread.id, set: { state: 'person', assigneeId, waitingSince: null, staffRead: sequence } },
    ],
    tickets: ticket
      ? [
          {
            number: ticket.number,
            set: {
              ...again.set,
              assigneeId: ticket.assigneeId ?? assigneeId,
              ...(ticket.firstResponseAt === null && { firstResponseAt: now().toISOString() }),
            },
          },
        ]
      : [],
    events: [...again.events, ...(thread.state === 'person' ? [] : [stateEvent(thread, 'person', actor)])],
  });
}

/**
 * What makes a done ticket open again when its thread goes on, and one that waited while the assistant had it when a
 * person takes that over; nothing for any other.
 */
function reopening(
  ticket: TicketRecord | null,
  thread: ThreadRecord,
  actor: Actor,
  tools: DeskTools,
): { set: TicketChange; events: NewDeskEvent[] } {
  const waited = ticket?.status === 'pending' && thread.state === 'assistant';
  if (!ticket || !(isDone(ticket) || waited)) return { set: {}, events: [] };
  const data = { change: { status: [ticket.status, 'open'] }, status: 'open' };
  return {
    set: reopened(ticket, tools.now(), tools),
    events: [
      { threadId: thread.id, ticket: ticket.number, type: 'ticket-change', visibility: 'all', actor, data },
    ],
  };
}

async function sameMessage(threadId: string, id: string, { store }: DeskTools): Promise<DeskEvent> {
  for (let before = Number.MAX_SAFE_INTEGER; ;) {
    const events = await store.listEvents(threadId, { before, limit: DESK.eventsPerRead });
    const found = events.find((event) => event.id === id);
    if (found) return found;
    if (events.length === 0)
      throw new AnswerboxError('request_invalid', { reason: 'the id is used in another thread' });
    before = events[0]!.sequence!;
  }
}

/** Somebody else answered meanwhile: both should not. @throws reply_crossed */
async function checkCrossing(
  thread: ThreadRecord,
  seen: number,
  actor: Actor,
  { store }: DeskTools,
): Promise<void> {
  const newer = await store.listEvents(thread.id, { after: seen, limit: DESK.eventsPerRead });
  const other = newer.findLast(({ message, actor: by }) => message?.role === 'staff' && by.id !== actor.id);
  if (other)
    throw new AnswerboxError('reply_crossed', { name: other.actor.name, sequence: other.sequence ?? 0 });
}

/** @throws thread_not_found, request_invalid */
export async function addNote(
  threadId: string,
  note: { text: string; id?: string; mentions: readonly string[] },
  actor: Actor,
  tools: DeskTools,
): Promise<DeskEvent> {
  const thread = await threadOrThrow(threadId, tools);
  checkText(note.text);
  const id = note.id ?? randomUUID();
  const [event] = await tools.store.apply({
    events: [
      {
        id,
        threadId,
        ticket: thread.ticket,
        type: 'note-add',
        visibility: 'staff',
        actor,
        data: { id, text: note.text, mentions: note.mentions },
      },
    ],
  });
  return event ?? sameMessage(threadId, id, tools);
}

/** A person takes the thread over from the assistant or from somebody else. @throws thread_not_found */
export async function take(threadId: string, actor: Actor, tools: DeskTools): Promise<void> {
  const thread = await threadOrThrow(threadId, tools);
  await move(thread, 'person', { assigneeId: actor.kind === 'staff' ? actor.id : null }, actor, tools);
}

/** The assistant answers again; the clocks of the ticket stand still meanwhile. @throws thread_not_found */
export async function handBack(
  threadId: string,
  text: string | undefined,
  actor: Actor,
  tools: DeskTools,
): Promise<void> {
  if (text) await reply(threadId, { text }, actor, tools);
  const thread = await threadOrThrow(threadId, tools);
  await move(thread, 'assistant', { assigneeId: null, waitingSince: null }, actor, tools);
}

/** @throws thread_not_found */
export async function closeThread(threadId: string, actor: Actor, tools: DeskTools): Promise<void> {
  const thread = await threadOrThrow(threadId, tools);
  await move(thread, 'closed', { waitingSince: null }, actor, tools);
}

/**
 * Its ticket goes along with assignee and team. Given to a person, the assistant is silent.
 * @throws thread_not_found, user_not_found
 */
export async function changeThread(
  threadId: string,
  change: Pick<ThreadChange, 'assigneeId' | 'teamId' | 'tags' | 'language' | 'subject'>,
  actor: Actor,
  tools: DeskTools,
): Promise<void> {
  const thread = await threadOrThrow(threadId, tools);
  const assignee = await checkAssignee(change.assigneeId, tools);
  const taken = assignee !== null && thread.state === 'assistant';
  const ticket = taken && thread.ticket !== null ? await tools.store.getTicket(thread.ticket) : null;
  const again = reopening(ticket, thread, actor, tools);
  const { assigneeId, teamId, tags, subject } = change;
  const shared = {
    ...(assigneeId !== undefined && { assigneeId }),
    ...(teamId !== undefined && { teamId }),
    ...(tags !== undefined && { tags }),
    ...(subject !== undefined && { subject }),
  };
  await tools.store.apply({
    threads: [{ id: threadId, set: { ...change, ...(taken && { state: 'person' as const }) } }],
    tickets: thread.ticket === null ? [] : [{ number: thread.ticket, set: { ...again.set, ...shared } }],
    events: [
      {
        threadId,
        ticket: thread.ticket,
        type: 'thread-change',
        visibility: 'staff',
        actor,
        data: { change: differences(thread, change) },
      },
      ...again.events,
      ...(taken ? [takenEvent(thread, assignee, actor)] : []),
    ],
  });
}

/** While the assistant has the conversation, nobody waits for staff: an open ticket is pending. */
function waitingFor(
  ticket: TicketRecord | null,
  thread: ThreadRecord,
  actor: Actor,
  { now }: DeskTools,
): { set: TicketChange; events: NewDeskEvent[] } {
  if (ticket?.status !== 'open') return { set: {}, events: [] };
  const data = { change: { status: ['open', 'pending'] }, status: 'pending' };
  return {
    set: { status: 'pending', pausedAt: ticket.pausedAt ?? now().toISOString() },
    events: [
      { threadId: thread.id, ticket: ticket.number, type: 'ticket-change', visibility: 'staff', actor, data },
    ],
  };
}

/** The assistant's conversation is given to somebody, with their name for the customer. */
export function takenEvent(thread: ThreadRecord, assignee: { name: string }, actor: Actor): NewDeskEvent {
  const event = stateEvent(thread, 'person', actor);
  return { ...event, data: { ...event.data, assignee: { name: assignee.name } } };
}

/** Field → before, after; of those that differ. */
export function differences(before: object, change: object): Record<string, [unknown, unknown]> {
  const old = before as Record<string, unknown>;
  const fields = Object.entries(change).filter(
    ([field, value]) => value !== undefined && JSON.stringify(old[field]) !== JSON.stringify(value),
  );
  return Object.fromEntries(
    fields.map(([field, value]: [string, unknown]) => [field, [old[field] ?? null, value]]),
  );
}

/** @returns null for nobody @throws user_not_found for one who cannot work on it */
export async function checkAssignee(
  id: string | null | undefined,
  { users }: DeskTools,
): Promise<{ name: string } | null> {
  if (id == null) return null;
  const user = await users.getUser(id);
  if (!user || user.disabled) throw new AnswerboxError('user_not_found', { id });
  return user;
}

function checkText(text: string): void {
  if (text.trim() === '') throw new AnswerboxError('request_invalid', { reason: 'the text is empty' });
  if (text.length > DESK.messageCharacters)
    throw new AnswerboxError('request_invalid', {
      reason: `the text has ${text.length} characters; at most ${DESK.messageCharacters} are taken`,
    });
}

async function move(
  thread: ThreadRecord,
  state: ThreadRecord['state'],
  set: ThreadChange,
  actor: Actor,
  tools: DeskTools,
): Promise<void> {
  const { store } = tools;
  const same =
    thread.state === state && (set.assigneeId === undefined || set.assigneeId === thread.assigneeId);
  if (same) return;
  const ticket = thread.ticket === null ? null : await store.getTicket(thread.ticket);
  const beside = { person: reopening, assistant: waitingFor, waiting: null, closed: null }[state];
  const again = beside?.(ticket, thread, actor, tools) ?? { set: {}, events: [] };
  await store.apply({
    threads: [{ id: thread.id, set: { ...set, state } }],
    tickets:
      thread.ticket !== null && set.assigneeId !== undefined
        ? [{ number: thread.ticket, set: { ...again.set, assigneeId: set.assigneeId } }]
        : [],
    events: [...again.events, stateEvent(thread, state, actor)],
  });
}

export function stateEvent(thread: ThreadRecord, state: ThreadRecord['state'], actor: Actor): NewDeskEvent {
  const assignee = state === 'person' && actor.kind === 'staff' ? { name: actor.name } : null;
  return {
    threadId: thread.id,
    ticket: thread.ticket,
    type: 'state-change',
    visibility: 'all',
    actor,
    data: { before: thread.state, state, assignee },
  };
}
