import { DESK_ACTOR, type DeskTools } from './desk-tools.ts';
import { stateEvent } from './work-thread.ts';

/** What somebody had who can no longer work on it waits for anybody. */
export async function staffLeft(userId: string, { store, now }: DeskTools): Promise<void> {
  const { threads, tickets } = await store.listAssigned(userId);
  await store.apply({
    threads: threads.map((thread) => ({
      id: thread.id,
      set: {
        assigneeId: null,
        ...(thread.state === 'person' && {
          state: 'waiting' as const,
          waitingSince: thread.waitingSince ?? now().toISOString(),
        }),
      },
    })),
    tickets: tickets.map(({ number }) => ({ number, set: { assigneeId: null } })),
    events: [
      ...threads
        .filter(({ state }) => state === 'person')
        .map((thread) => stateEvent(thread, 'waiting', DESK_ACTOR)),
      ...tickets.map(({ number }) => ({
        threadId: null,
        ticket: number,
        type: 'ticket-change' as const,
        visibility: 'staff' as const,
        actor: DESK_ACTOR,
        data: { change: { assigneeId: [userId, null] } },
      })),
    ],
  });
}
