import { CUSTOMER_ACTOR, type DeskTools } from './desk-tools.ts';
import { reopened } from './hand-over.ts';
import type { NewDeskEvent, ThreadRecord } from '../stores/thread-contracts.ts';
import { resumeClocks } from './sla-policies.ts';
import { stateEvent } from './work-thread.ts';

/**
 * A customer's message wakes what slept and reopens what was closed. Called after it is stored, before anybody
 * answers it.
 */
export async function customerWrote(conversationId: string, tools: DeskTools): Promise<void> {
  const { store, now, profile } = tools;
  const thread = await store.threadOf(conversationId);
  if (!thread) return;
  tools.hub.changed(thread.id);
  if (thread.ticket === null) {
    // Closed without a person: the assistant answers again.
    if (thread.state === 'closed')
      await store.apply({
        threads: [{ id: thread.id, set: { state: 'assistant' } }],
        events: [stateEvent(thread, 'assistant', CUSTOMER_ACTOR)],
      });
    return;
  }
  const ticket = await store.getTicket(thread.ticket);
  if (!ticket) return;
  await store.refreshSearch(ticket.number);
  const at = now();
  // One that is pending because the assistant has the conversation again stays so: nobody of the staff is asked.
  const wakes = ticket.status === 'snoozed' || (ticket.status === 'pending' && thread.state !== 'assistant');
  const opens = ticket.status === 'resolved' || ticket.status === 'closed';
  const returns = thread.state === 'closed';
  const waiting = thread.state !== 'assistant' && thread.waitingSince === null;
  if (!wakes && !opens && !returns && !waiting) return;
  // With the assistant again after a hand-back: its answer may do.
  const toPerson = thread.state !== 'assistant';
  const state = returns ? (thread.assigneeId === null ? 'waiting' : 'person') : thread.state;
  await store.apply({
    threads: [
      { id: thread.id, set: { state, ...(toPerson && waiting && { waitingSince: at.toISOString() }) } },
    ],
    tickets:
      wakes || (opens && toPerson)
        ? [
            {
              number: ticket.number,
              set: {
                ...(opens ? reopened(ticket, at, tools) : resumeClocks(ticket, at, profile())),
                status: 'open',
                snoozedUntil: null,
              },
            },
          ]
        : [],
    events: [
      ...(returns ? [await returnEvent(thread, state, tools)] : []),
      ...(wakes || (opens && toPerson)
        ? [
            {
              threadId: thread.id,
              ticket: ticket.number,
              type: 'ticket-change' as const,
              visibility: 'all' as const,
              actor: CUSTOMER_ACTOR,
              data: { change: { status: [ticket.status, 'open'] }, status: 'open' },
            },
          ]
        : []),
    ],
  });
}

/** Closed no more; with the name of whoever had it before. */
async function returnEvent(
  thread: ThreadRecord,
  state: ThreadRecord['state'],
  { users }: DeskTools,
): Promise<NewDeskEvent> {
  const event = stateEvent(thread, state, CUSTOMER_ACTOR);
  const person = thread.assigneeId === null ? null : await users.getUser(thread.assigneeId);
  return { ...event, data: { ...event.data, assignee: person && { name: person.name } } };
}
