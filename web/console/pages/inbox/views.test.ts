import { expect, it } from 'vitest';
import { isInView, isView, queryOf, viewOfTeam, VIEWS } from './views.ts';

const viewsOf = (
  state: 'waiting' | 'person' | 'assistant' | 'closed',
  assignee: string | null,
  { status = 'open', unread = false, team = null as string | null } = {},
) =>
  [...VIEWS, viewOfTeam('t1')].filter((view) =>
    isInView(view, { state, assignee_id: assignee, team_id: team, unread, ticket_details: { status } }, 'me'),
  );

it('places a thread where the server would list it', () => {
  expect(viewsOf('waiting', null)).toEqual(['unassigned', 'open', 'all']);
  expect(viewsOf('person', 'me')).toEqual(['mine', 'open', 'all']);
  expect(viewsOf('person', 'other')).toEqual(['open', 'all']);
  expect(viewsOf('person', 'me', { status: 'snoozed' })).toEqual(['snoozed', 'all']);
  expect(viewsOf('assistant', null)).toEqual(['assistant', 'all']);
  expect(viewsOf('closed', 'me', { status: 'resolved' })).toEqual(['all']);
  expect(viewsOf('waiting', null, { unread: true })).toEqual(['unassigned', 'open', 'unread', 'all']);
  expect(viewsOf('person', 'me', { unread: true, status: 'snoozed' })).toEqual(['snoozed', 'all']);
  expect(viewsOf('person', 'me', { team: 't1' })).toEqual(['mine', 'open', 'all', 'team:t1']);
  expect(viewsOf('person', 'me', { team: 't2' })).toEqual(['mine', 'open', 'all']);
  expect(viewsOf('closed', null, { team: 't1', unread: true })).toEqual(['all']);
});

it('asks the server for the open conversations of a team, and for the unread ones', () => {
  expect(isView('team:t1')).toBe(true);
  expect(isView('nothing')).toBe(false);
  expect(queryOf(viewOfTeam('t1'))).toEqual({ team: 't1', state: 'waiting,person', snoozed: false });
  expect(queryOf('unread')).toMatchObject({ unread: true, state: 'waiting,person' });
});
