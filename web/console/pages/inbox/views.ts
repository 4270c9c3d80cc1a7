import type { Query } from '../../api/desk-api.ts';
import type { Thread } from '../../api/wire-types.ts';
import type { IconName } from '../../components/icon.tsx';
import { teamName } from '../../data/teams.ts';
import { translate } from '../../translate.ts';

/** What the inbox shows; the names are those of the server's counts. */
export const VIEWS = ['mine', 'unassigned', 'open', 'unread', 'snoozed', 'assistant', 'all'] as const;
type FixedView = (typeof VIEWS)[number];
/** The open conversations of a team, by its id. */
type TeamView = `team:${string}`;
export type View = FixedView | TeamView;

const ICONS: Readonly<Record<FixedView, IconName>> = {
  mine: 'person',
  unassigned: 'assign',
  open: 'inbox',
  unread: 'alert',
  snoozed: 'clock',
  assistant: 'live',
  all: 'board',
};

export const isView = (name: string | undefined): name is View =>
  name !== undefined && (isFixed(name) || name.startsWith(TEAM));

export const viewOfTeam = (id: string): View => `team:${id}`;

export const iconOf = (view: View): IconName => (isFixed(view) ? ICONS[view] : 'customers');

/** What a view is called; a team that is gone has no name any more. */
export const nameOf = (view: View): string =>
  isFixed(view) ? translate(`view.${view}`) : (teamName(teamOf(view)) ?? translate('view.team'));

/** What is said where it is empty. */
export const hintOf = (view: View): string =>
  translate(isFixed(view) ? `inbox.empty_${view}` : 'inbox.empty_team');

const TEAM = 'team:';
const isFixed = (name: string): name is FixedView => VIEWS.includes(name as FixedView);
const teamOf = (view: TeamView): string => view.slice(TEAM.length);

const WITH_STAFF = 'waiting,person';
const QUERIES: Readonly<Record<FixedView, Query>> = {
  mine: { assignee: 'me', state: WITH_STAFF, snoozed: false },
  unassigned: { assignee: 'none', state: WITH_STAFF, snoozed: false },
  open: { state: WITH_STAFF, snoozed: false },
  unread: { state: WITH_STAFF, snoozed: false, unread: true },
  snoozed: { state: WITH_STAFF, snoozed: true },
  assistant: { state: 'assistant' },
  all: {},
};

export const queryOf = (view: View): Query =>
  isFixed(view) ? QUERIES[view] : { team: teamOf(view), state: WITH_STAFF, snoozed: false };

type Placed = Pick<Thread, 'state' | 'assignee_id' | 'team_id' | 'unread'> & {
  ticket_details: { status: string } | null;
};

/** Whether a thread that has changed is still, or now, in a view: what the server's filter would say. */
export function isInView(view: View, thread: Placed, me: string): boolean {
  const withStaff = thread.state === 'waiting' || thread.state === 'person';
  const sleeps = thread.ticket_details?.status === 'snoozed';
  if (!isFixed(view)) return withStaff && !sleeps && thread.team_id === teamOf(view);
  switch (view) {
    case 'mine':
      return withStaff && !sleeps && thread.assignee_id === me;
    case 'unassigned':
      return withStaff && !sleeps && thread.assignee_id === null;
    case 'open':
      return withStaff && !sleeps;
    case 'unread':
      return withStaff && !sleeps && thread.unread;
    case 'snoozed':
      return withStaff && sleeps;
    case 'assistant':
      return thread.state === 'assistant';
    case 'all':
      return true;
  }
}
