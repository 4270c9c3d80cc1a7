import type { Query } from '../../api/desk-api.ts';
import type { Thread } from '../../api/wire-types.ts';
import type { IconName } from '../../components/icon.tsx';

/** What the inbox shows; the names are those of the server's counts. */
export const VIEWS = ['mine', 'unassigned', 'open', 'snoozed', 'assistant', 'all'] as const;
export type View = (typeof VIEWS)[number];

export const VIEW_ICONS: Readonly<Record<View, IconName>> = {
  mine: 'person',
  unassigned: 'assign',
  open: 'inbox',
  snoozed: 'clock',
  assistant: 'live',
  all: 'board',
};

export const isView = (name: string | undefined): name is View => VIEWS.includes(name as View);

const WITH_STAFF = 'waiting,person';
const QUERIES: Readonly<Record<View, Query>> = {
  mine: { assignee: 'me', state: WITH_STAFF, snoozed: false },
  unassigned: { assignee: 'none', state: WITH_STAFF, snoozed: false },
  open: { state: WITH_STAFF, snoozed: false },
  snoozed: { state: WITH_STAFF, snoozed: true },
  assistant: { state: 'assistant' },
  all: {},
};

export const queryOf = (view: View): Query => QUERIES[view];

type Placed = Pick<Thread, 'state' | 'assignee_id'> & { ticket_details: { status: string } | null };

/** Whether a thread that has changed is still, or now, in a view: what the server's filter would say. */
export function isInView(view: View, thread: Placed, me: string): boolean {
  const withStaff = thread.state === 'waiting' || thread.state === 'person';
  const sleeps = thread.ticket_details?.status === 'snoozed';
  switch (view) {
    case 'mine':
      return withStaff && !sleeps && thread.assignee_id === me;
    case 'unassigned':
      return withStaff && !sleeps && thread.assignee_id === null;
    case 'open':
      return withStaff && !sleeps;
    case 'snoozed':
      return withStaff && sleeps;
    case 'assistant':
      return thread.state === 'assistant';
    case 'all':
      return true;
  }
}
