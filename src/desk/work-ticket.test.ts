import { describe, expect, it, vi } from 'vitest';
import { handOverConversation } from '../testing/hand-over-conversation.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 120_000 });

describe('a resolved conversation', () => {
  it('goes on with a reply of staff, and is resolved again with a new question how it was', async () => {
    const server = await startDeskServer();
    const agent = await server.signIn('agent', 'Ada');
    const { thread, number } = await handOverConversation(server);
    const patch = (body: object) => agent.call('PATCH', `/api/v1/tickets/${number}`, { body });
    const look = async () => (await agent.call('GET', `/api/v1/threads/${thread}`)).body;
    const asked = async () => {
      const events = await server.app.desk.tools.store.history(number, { after: 0, limit: 200 });
      return events.filter(({ type }) => type === 'csat-ask').length;
    };
    const say = (text: string) =>
      agent.call('POST', `/api/v1/threads/${thread}/messages`, { body: { text } });
    for (const [round, status] of (['resolved', 'closed'] as const).entries()) {
      await say('It is on its way');
      await patch({ status });
      expect(await look()).toMatchObject({ state: 'closed', ticket_details: { status } });
      await say('One more thing');
      expect(await look()).toMatchObject({
        state: 'person',
        ticket_details: { status: 'open', resolved_at: null },
      });
      expect(await asked()).toBe(2 * round + 1);
      await patch({ status: 'resolved' });
      expect(await look()).toMatchObject({ state: 'closed', ticket_details: { status: 'resolved' } });
      expect(await asked()).toBe(2 * round + 2);
    }
    // Taken up without a word, it is open as well.
    await agent.call('POST', `/api/v1/threads/${thread}/take`);
    expect(await look()).toMatchObject({ state: 'person', ticket_details: { status: 'open' } });
  });

  it('is closed where it went on beside a ticket that is done', async () => {
    const server = await startDeskServer();
    const agent = await server.signIn('agent', 'Ada');
    const { thread, number } = await handOverConversation(server);
    const patch = () => agent.call('PATCH', `/api/v1/tickets/${number}`, { body: { status: 'resolved' } });
    await patch();
    // As earlier programs left it after a reply.
    server.database.prepare("UPDATE threads SET state = 'person'").run();
    expect((await patch()).body).toMatchObject({ status: 'resolved', threads: [{ state: 'closed' }] });
    const { version } = (await server.app.desk.tools.store.getTicket(number))!;
    expect((await patch()).body.version).toBe(version);
    expect((await agent.call('GET', `/api/v1/threads/${thread}`)).body.state).toBe('closed');
  });
});

describe('the due times of another priority', () => {
  const MINUTE = 60_000;
  const START = Date.parse('2026-11-20T10:00:00Z');

  /** A ticket of a shop that is always open, at a clock that is moved by hand. */
  async function open() {
    let now = START;
    const server = await startDeskServer({ now: () => new Date(now) });
    const agent = await server.signIn('agent', 'Ada');
    const { thread, number } = await handOverConversation(server);
    const patch = async (body: object) =>
      (await agent.call('PATCH', `/api/v1/tickets/${number}`, { body })).body;
    const afterStart = (time: string): number => (Date.parse(time) - START) / MINUTE;
    const told = async () => {
      await server.app.desk.tick();
      const events = await server.app.desk.tools.store.history(number, { after: 0, limit: 200 });
      return events.filter(({ type }) => type === 'sla-warn' || type === 'sla-breach').length;
    };
    const wait = (minutes: number): void => void (now += minutes * MINUTE);
    return { server, agent, thread, number, patch, afterStart, told, wait };
  }

  it('leave out the time that the ticket stood still', async () => {
    const { patch, afterStart, wait, agent, number } = await open();
    wait(60);
    await patch({ status: 'pending' });
    wait(100);
    // Still paused: the hundred minutes are added when it goes on.
    expect(afterStart((await patch({ priority: 'high' })).due.resolution_at)).toBe(600);
    expect(afterStart((await patch({ status: 'open' })).due.resolution_at)).toBe(700);
    await agent.call('POST', `/api/v1/tickets/${number}/snooze`, { body: {} });
    wait(40);
    const { due } = await patch({ status: 'open', priority: 'urgent' });
    expect(afterStart(due.resolution_at)).toBe(240 + 140);
    expect(afterStart(due.first_response_at)).toBe(30 + 140);
  });

  it('are counted from when the ticket was opened again, and keep the response that was given', async () => {
    const { patch, afterStart, wait, agent, thread } = await open();
    wait(20);
    await agent.call('POST', `/api/v1/threads/${thread}/messages`, { body: { text: 'Done' } });
    await patch({ status: 'resolved' });
    wait(1000);
    await patch({ status: 'open' });
    wait(5);
    const { due } = await patch({ priority: 'urgent' });
    expect(afterStart(due.resolution_at)).toBe(1020 + 240);
    expect(due).toMatchObject({ first_response_state: 'met' });
    expect(afterStart(due.first_response_at)).toBe(480);
    await patch({ status: 'closed' });
    wait(100);
    // Both in one edit.
    const both = await patch({ status: 'open', priority: 'high' });
    expect(afterStart(both.due.resolution_at)).toBe(1125 + 600);
    // What was resolved in time stays so.
    const before = (await patch({ status: 'resolved' })).due;
    expect((await patch({ priority: 'urgent' })).due).toEqual(before);
  });

  it('are told of again when they come again', async () => {
    const { patch, told, wait } = await open();
    await patch({ priority: 'urgent' });
    wait(245);
    // Both are past.
    expect(await told()).toBe(2);
    await patch({ priority: 'low' });
    expect(await told()).toBe(2);
    wait(4000);
    expect(await told()).toBe(4);
  });
});
