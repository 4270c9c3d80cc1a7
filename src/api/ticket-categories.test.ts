import { expect, it, vi } from 'vitest';
import { startDeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 120_000 });

it('categories are named by the owner’s people, read by agents, and changed and removed like other lists', async () => {
  const server = await startDeskServer();
  const admin = await server.signIn('admin', 'Olga');
  const agent = await server.signIn('agent', 'Ada');
  const path = '/api/v1/library/categories';
  const body = { name: 'Returns', description: 'Goods that come back' };
  expect((await agent.call('POST', path, { body })).status).toBe(403);
  const { id } = (await admin.call('POST', path, { body })).body;
  expect((await admin.call('POST', path, { body: { name: 'Bad', colour: '#112233' } })).status).toBe(400);
  expect((await agent.call('GET', path)).body.items).toMatchObject([body]);
  const renamed = { name: 'Returns and swaps' };
  expect((await admin.call('PUT', `${path}/${id}`, { body: renamed })).status).toBe(200);
  expect((await agent.call('GET', path)).body.items).toMatchObject([renamed]);
  const opened = {
    body: {
      subject: 'Boots',
      text: 'They leak',
      customer: { email: 'kim@example.com' },
      category: renamed.name,
    },
  };
  expect((await agent.call('POST', '/api/v1/tickets', opened)).body.category).toBe(renamed.name);
  expect((await admin.call('DELETE', `${path}/${id}`)).status).toBe(204);
  expect((await agent.call('GET', path)).body.items).toEqual([]);
});

it('says in each of the five languages when a person is back', async () => {
  const server = await startDeskServer({
    profile: { name: 'Test shop', time_zone: 'UTC', hours: { chat: { mon: ['08:00', '20:00'] } } },
    now: () => new Date('2026-11-21T12:00:00Z'),
  });
  const textIn = async (language: string): Promise<string> => {
    const { status, body } = await server.http.call('GET', `/api/v1/availability?language=${language}`);
    expect([status, body.open, body.opens_at]).toEqual([200, false, '2026-11-23T08:00:00.000Z']);
    return body.text;
  };
  expect(await textIn('en')).toContain('Monday, 23 November');
  expect(await textIn('de-AT')).toContain('Montag');
  expect(await textIn('fr')).toContain('lundi');
  expect(await textIn('es')).toContain('lunes');
  expect(await textIn('zh-Hans')).toContain('星期一');
  expect(await textIn('it')).toBe(await textIn('en'));
});
