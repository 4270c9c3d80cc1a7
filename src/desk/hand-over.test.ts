import { expect, it, vi } from 'vitest';
import { handOverConversation, writeAsCustomer } from '../testing/hand-over-conversation.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 120_000 });

const START = Date.parse('2026-11-20T10:00:00Z');
const after = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();

async function open() {
  let now = START;
  const server = await startDeskServer({ now: () => new Date(now) });
  const { desk } = server.app;
  const wait = (minutes: number): void => void (now += minutes * 60_000);
  const ticketOf = async (number: number) => (await desk.tools.store.getTicket(number))!;
  const notesOf = async (number: number) => {
    const events = await desk.tools.store.history(number, { after: 0, limit: 200 });
    return events.filter(({ type }) => type === 'note-add');
  };
  return { server, desk, wait, ticketOf, notesOf };
}

it('heeds what a customer writes to a person: a heavier priority, due from now, and a note to staff', async () => {
  const { server, desk, wait, ticketOf, notesOf } = await open();
  const agent = await server.signIn('agent', 'Ada');
  await server.signIn('viewer', 'Vic');
  const { id, number, thread } = await handOverConversation(server);
  const say = (text: string) => desk.before({ conversationId: id, text });
  wait(60);
  await say('Are you there?');
  expect((await ticketOf(number)).priority).toBe('normal');
  // A line that waits for a failure of the assistant elsewhere: there is none here.
  await say('This is ridiculous');
  expect(await ticketOf(number)).toMatchObject({ priority: 'high', resolutionDue: after(660) });
  expect(await say('This is unacceptable, I need help urgently!')).toEqual({
    kind: 'silent',
    ticket: number,
  });
  const due = { resolutionDue: after(300), firstResponseDue: after(90) };
  expect(await ticketOf(number)).toMatchObject({ priority: 'urgent', slaFrom: after(0), ...due });
  const notes = await notesOf(number);
  expect(notes).toHaveLength(2);
  expect(notes[1]!.data['text']).toContain('urgency');
  expect(notes[1]!.data['mentions']).toEqual([agent.id]);
  expect(notes[1]!.visibility).toBe('staff');
  // Said again, or less: nothing new.
  await say('This is unacceptable, it caught fire');
  expect(await notesOf(number)).toHaveLength(2);
  // Whoever has it is told alone.
  const bea = await server.signIn('agent', 'Bea');
  await bea.call('POST', `/api/v1/threads/${thread}/take`);
  await bea.call('PATCH', `/api/v1/tickets/${number}`, { body: { priority: 'low' } });
  await say('My lawyer will write to you');
  expect((await notesOf(number))[2]!.data['mentions']).toEqual([bea.id]);
});

it('does so by no rule when the rules are off', async () => {
  const server = await startDeskServer({ config: { handover_rules: false } });
  const { id, number } = await handOverConversation(server);
  await server.app.desk.before({ conversationId: id, text: 'The stove caught fire!' });
  expect((await server.app.desk.tools.store.getTicket(number))!.priority).toBe('normal');
});

it('takes the heavier priority when a conversation is handed over again', async () => {
  const { server, desk, wait, ticketOf } = await open();
  const agent = await server.signIn('agent', 'Ada');
  const { id, number, thread } = await handOverConversation(server);
  await agent.call('POST', `/api/v1/threads/${thread}/hand-back`, { body: {} });
  wait(60);
  await writeAsCustomer(server, id, 'It caught fire');
  const request = { conversationId: id, reason: 'sensitive', rule: 'danger to people' } as const;
  await desk.handOver({ ...request, priority: 'urgent' });
  expect(await ticketOf(number)).toMatchObject({ priority: 'urgent', resolutionDue: after(300) });
  await desk.handOver({ ...request, priority: 'low' });
  expect((await ticketOf(number)).priority).toBe('urgent');
  // While it waits: staff's own word stays until there is another reason.
  await agent.call('PATCH', `/api/v1/tickets/${number}`, { body: { priority: 'low' } });
  await server.http.call('POST', `/api/v1/conversations/${id}/contact`, { body: { name: 'Kim' } });
  expect(await ticketOf(number)).toMatchObject({ priority: 'low', contact: { name: 'Kim' } });
  await desk.handOver({ ...request, priority: 'high' });
  expect((await ticketOf(number)).priority).toBe('high');
});

it('knows a customer whom the shop vouches for, whatever is typed', async () => {
  const { server, desk, ticketOf } = await open();
  const { customers } = desk.tools;
  const id = await server.app.conversations.createConversation({});
  await desk.turnStarted(id, { subject: 'customer-7', email: 'ada@post.example' });
  const ada = (await customers.findBySubject('customer-7'))!;
  await customers.change(ada.id, { vip: true, name: 'Ada' });
  const { body } = await server.http.call('POST', `/api/v1/conversations/${id}/handover`, { body: {} });
  const { number } = body.ticket;
  expect(await ticketOf(number)).toMatchObject({
    priority: 'high',
    customerId: ada.id,
    contact: { name: 'Ada', email: 'ada@post.example' },
  });
  const typed = { body: { email: 'work@post.example' } };
  await server.http.call('POST', `/api/v1/conversations/${id}/contact`, typed);
  expect(await ticketOf(number)).toMatchObject({
    customerId: ada.id,
    contact: { name: 'Ada', email: 'work@post.example' },
  });
});
