import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { startDeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 60_000 });

it('a conversation is read in parts, each message once, and whole where no part is asked for', async () => {
  const server = await startDeskServer();
  const id = await server.app.conversations.createConversation({});
  const ids = Array.from({ length: 25 }, () => randomUUID());
  for (const [place, message] of ids.entries())
    await server.app.conversations.addMessage({
      ...{ id: message, conversationId: id, role: 'customer', text: `Line ${place}`, answer: null },
    });
  const read = async (query: string) => {
    const { status, body } = await server.http.call('GET', `/api/v1/conversations/${id}${query}`);
    expect(status).toBe(200);
    return { ids: body.messages.map((message: { id: string }) => message.id), older: body.older };
  };
  expect(await read('')).toEqual({ ids, older: false });
  const parts: string[] = [];
  let part = await read('?limit=10');
  for (;;) {
    parts.unshift(...part.ids);
    if (!part.older) break;
    part = await read(`?limit=10&before=${part.ids[0]}`);
  }
  expect(parts).toEqual(ids);
  expect(await read('?limit=25')).toEqual({ ids, older: false });
  expect(await read('?limit=5&before=nothing')).toEqual({ ids: [], older: false });
  expect((await server.http.call('GET', `/api/v1/conversations/${id}?limit=0`)).status).toBe(400);
});
