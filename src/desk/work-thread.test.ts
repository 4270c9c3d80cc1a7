import { expect, it, vi } from 'vitest';
import { handOverConversation, writeAsCustomer } from '../testing/hand-over-conversation.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 120_000 });

const DAY = 86_400_000;

it('silences the assistant when its conversation is given to a person, by either route', async () => {
  const server = await startDeskServer();
  const agent = await server.signIn('agent', 'Ada');
  const bea = await server.signIn('agent', 'Bea');
  const { id, thread, number } = await handOverConversation(server);
  const handBack = () => agent.call('POST', `/api/v1/threads/${thread}/hand-back`, { body: {} });
  const word = async () => (await server.app.desk.before({ conversationId: id, text: 'And now?' })).kind;
  const given = { body: { assignee_id: bea.id } };
  for (const address of [`/api/v1/threads/${thread}`, `/api/v1/tickets/${number}`]) {
    await handBack();
    expect(await word()).toBe('answer');
    // Nothing changes hands: the assistant goes on.
    await agent.call('PATCH', address, { body: { tags: ['leak'] } });
    expect(await word()).toBe('answer');
    await agent.call('PATCH', address, given);
    expect(await word()).toBe('silent');
    expect((await bea.call('GET', `/api/v1/threads/${thread}`)).body).toMatchObject({
      state: 'person',
      assignee_id: bea.id,
      ticket_details: { status: 'open', assignee_id: bea.id },
    });
  }
  const events = await server.app.desk.tools.store.history(number, { after: 0, limit: 200 });
  const last = events.findLast(({ type }) => type === 'state-change')!;
  expect(last).toMatchObject({ visibility: 'all', data: { state: 'person', assignee: { name: 'Bea' } } });
  // One that waits for a person goes on waiting, in their hands.
  const other = await handOverConversation(server);
  const waits = await agent.call('PATCH', `/api/v1/threads/${other.thread}`, given);
  expect(waits.body).toMatchObject({ state: 'waiting', assignee_id: bea.id });
});

it('warns of nothing while the assistant has the conversation again', async () => {
  let now = Date.parse('2026-11-20T10:00:00Z');
  const server = await startDeskServer({ now: () => new Date(now) });
  const agent = await server.signIn('agent', 'Ada');
  const { id, thread, number } = await handOverConversation(server);
  const ticket = async () => (await server.app.desk.tools.store.getTicket(number))!;
  const due = (await ticket()).resolutionDue!;
  await agent.call('POST', `/api/v1/threads/${thread}/hand-back`, { body: {} });
  expect(await ticket()).toMatchObject({ status: 'pending', assigneeId: null });
  now += 10 * DAY;
  // What the assistant is asked wakes nobody.
  await writeAsCustomer(server, id, 'Which tent pegs do I need?');
  await server.app.desk.tick();
  expect(await ticket()).toMatchObject({ status: 'pending', slaTold: 0 });
  await agent.call('POST', `/api/v1/threads/${thread}/take`);
  expect(await ticket()).toMatchObject({ status: 'open', pausedAt: null, assigneeId: agent.id });
  expect(Date.parse((await ticket()).resolutionDue!) - Date.parse(due)).toBe(10 * DAY);
});
