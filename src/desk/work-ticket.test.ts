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
