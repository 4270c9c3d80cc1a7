import { expect, it, vi } from 'vitest';
import { handOverConversation } from '../testing/hand-over-conversation.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 120_000 });

async function open() {
  let now = Date.parse('2026-11-20T10:00:00Z');
  const server = await startDeskServer({ now: () => new Date(now) });
  const agent = await server.signIn('agent', 'Ada');
  const at = (number: number, rest = ''): string => `/api/v1/tickets/${number}${rest}`;
  const patch = async (number: number, body: object) =>
    (await agent.call('PATCH', at(number), { body })).body;
  const merge = async (from: number, into: number) =>
    (await agent.call('POST', at(from, '/merge'), { body: { into } })).body;
  const link = (number: number, other: number) => agent.call('POST', at(number, `/links/${other}`));
  const wait = (minutes: number): void => void (now += minutes * 60_000);
  return { server, agent, patch, merge, link, wait, at };
}

it('takes over how to reach the customer, the heavier priority, the earlier times, assignee and links', async () => {
  const { server, agent, patch, merge, link, wait, at } = await open();
  const gone = await handOverConversation(server, { email: 'kim@example.com', phone: '+49 30 1234' });
  const third = await handOverConversation(server);
  await patch(gone.number, { priority: 'urgent', assignee_id: agent.id, category: 'leaks' });
  await link(gone.number, third.number);
  const { due } = (await agent.call('GET', at(gone.number))).body;
  wait(60);
  const kept = await handOverConversation(server, { name: 'Kim', phone: '+49 30 9999' });
  const merged = await merge(gone.number, kept.number);
  expect(merged).toMatchObject({
    status: 'open',
    priority: 'urgent',
    category: 'leaks',
    assignee_id: agent.id,
    contact: { name: 'Kim', email: 'kim@example.com', phone: '+49 30 9999' },
    links: [gone.number, third.number],
    due: { first_response_at: due.first_response_at, resolution_at: due.resolution_at },
  });
  expect((await agent.call('GET', at(third.number))).body.links).toEqual([kept.number]);
  // The conversation that nobody had is theirs as well.
  const held = merged.threads.map((thread: { assignee_id: string }) => thread.assignee_id);
  expect(held).toEqual([agent.id, agent.id]);
});

it('hides no open work in a ticket that was done or slept', async () => {
  const { server, agent, patch, merge, wait, at } = await open();
  const done = await handOverConversation(server);
  await patch(done.number, { priority: 'urgent' });
  await patch(done.number, { status: 'resolved' });
  wait(10);
  const gone = await handOverConversation(server);
  const { due } = (await agent.call('GET', at(gone.number))).body;
  const reopened = await merge(gone.number, done.number);
  // The urgent one was over.
  expect(reopened).toMatchObject({ status: 'open', reopened: 1, resolved_at: null, priority: 'normal' });
  expect(reopened.due).toEqual(due);
  const asleep = await handOverConversation(server);
  const until = '2026-12-24T12:00:00.000Z';
  await agent.call('POST', at(asleep.number, '/snooze'), { body: { until } });
  const woken = await merge(done.number, asleep.number);
  expect(woken).toMatchObject({ status: 'open', snoozed_until: null, due: { paused: false } });
  // Both asleep: the one that wakes first decides.
  const sooner = await handOverConversation(server);
  const soon = '2026-11-24T12:00:00.000Z';
  await agent.call('POST', at(sooner.number, '/snooze'), { body: { until: soon } });
  await agent.call('POST', at(asleep.number, '/snooze'), { body: { until } });
  expect(await merge(sooner.number, asleep.number)).toMatchObject({ status: 'snoozed', snoozed_until: soon });
});

it('changes nothing of the work when what comes is done', async () => {
  const { server, patch, merge } = await open();
  const gone = await handOverConversation(server, { email: 'kim@example.com' });
  await patch(gone.number, { priority: 'urgent' });
  await patch(gone.number, { status: 'resolved' });
  const kept = await handOverConversation(server);
  const before = await patch(kept.number, { priority: 'low' });
  const merged = await merge(gone.number, kept.number);
  expect(merged).toMatchObject({
    status: 'open',
    priority: 'low',
    due: before.due,
    contact: { email: 'kim@example.com' },
  });
});
