import { expect, it } from 'vitest';
import { isInView, VIEWS } from './views.ts';

const viewsOf = (
  state: 'waiting' | 'person' | 'assistant' | 'closed',
  assignee: string | null,
  status = 'open',
) =>
  VIEWS.filter((view) => isInView(view, { state, assignee_id: assignee, ticket_details: { status } }, 'me'));

it('places a thread where the server would list it', () => {
  expect(viewsOf('waiting', null)).toEqual(['unassigned', 'open', 'all']);
  expect(viewsOf('person', 'me')).toEqual(['mine', 'open', 'all']);
  expect(viewsOf('person', 'other')).toEqual(['open', 'all']);
  expect(viewsOf('person', 'me', 'snoozed')).toEqual(['snoozed', 'all']);
  expect(viewsOf('assistant', null)).toEqual(['assistant', 'all']);
  expect(viewsOf('closed', 'me', 'resolved')).toEqual(['all']);
});
