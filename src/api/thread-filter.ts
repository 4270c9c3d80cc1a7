import { Type, type Static, type TObject } from '@sinclair/typebox';
import type { ThreadFilter, ThreadState } from '../stores/thread-contracts.ts';
import { listOf } from '../text/list-of.ts';
import { LIST, WORDS } from './schemas/desk-schema.ts';

/** What the list of conversations and its export are narrowed by. */
export const THREAD_FILTERS = {
  state: LIST,
  assignee: Type.Optional(Type.String({ maxLength: 100, description: 'me, none or an id' })),
  team: Type.Optional(Type.String({ maxLength: 100 })),
  customer: Type.Optional(Type.String({ maxLength: 100 })),
  unread: Type.Optional(Type.Boolean()),
  snoozed: Type.Optional(Type.Boolean({ description: 'whether its ticket sleeps' })),
  q: WORDS,
};
/** @param me id of who asks */
export function toThreadFilter(
  { state, assignee, team, customer, unread, snoozed, q }: Static<TObject<typeof THREAD_FILTERS>>,
  me: string,
): ThreadFilter {
  return {
    ...(state !== undefined && { state: listOf(state) as ThreadState[] }),
    ...(assignee !== undefined && {
      assigneeId: assignee === 'none' ? null : assignee === 'me' ? me : assignee,
    }),
    ...(team !== undefined && { teamId: team }),
    ...(customer !== undefined && { customerId: customer }),
    ...(unread === true && { unread }),
    ...(snoozed !== undefined && { snoozed }),
    ...(q !== undefined && q.trim() !== '' && { text: q }),
  };
}
