import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 120_000 });

const JSON_HEAD = 'Host: a\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n';

function openSocket(server: DeskServer, bytes: string): { socket: Socket; said: () => string } {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString('latin1')));
  socket.write(bytes);
  return { socket, said: () => answer };
}

async function conversation(server: DeskServer): Promise<string> {
  const { body } = await server.http.call('POST', '/api/v1/conversations', { body: {} });
  return `/api/v1/conversations/${body.id}`;
}

it('ends a request whose body drips, and an upload that stops coming, but no answer that takes long', async () => {
  const server = await startDeskServer({ connections: { bodyMs: 300 } });
  const path = await conversation(server);
  const stream = openSocket(server, `GET ${path}/events HTTP/1.1\r\nHost: a\r\n\r\n`);
  await vi.waitFor(() => expect(stream.said()).toContain('retry: 2000'), { timeout: 30_000 });

  const dripping = openSocket(server, `POST ${path}/contact HTTP/1.1\r\n${JSON_HEAD}`);
  const drip = setInterval(() => dripping.socket.write(' '), 20);
  onTestFinished(() => clearInterval(drip));
  const form = 'Host: a\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 90000\r\n\r\n';
  const silent = openSocket(server, `POST ${path}/attachments HTTP/1.1\r\n${form}`);
  for (const { socket, said } of [dripping, silent]) {
    if (!socket.closed) await once(socket, 'close');
    expect(said()).toMatch(/^HTTP\/1\.1 408 /);
  }
  expect(stream.socket.closed).toBe(false);
});

it('closes what is more than the connections that it can hold', async () => {
  const server = await startDeskServer({ connections: { atOnce: 2 } });
  const request = 'GET /api/v1/availability HTTP/1.1\r\nHost: a\r\n\r\n';
  const held = [openSocket(server, request), openSocket(server, request)];
  for (const { said } of held)
    await vi.waitFor(() => expect(said()).toContain('200 OK'), { timeout: 30_000 });
  const third = openSocket(server, request);
  if (!third.socket.closed) await once(third.socket, 'close');
  expect(third.said()).toBe('');
});

it('holds as many streams for one network as it may, and another when one is closed', async () => {
  const server = await startDeskServer({ config: { trusted_proxies: '127.0.0.1', address_streams: 2 } });
  const path = await conversation(server);
  const open = async (address: string) => {
    const controller = new AbortController();
    onTestFinished(() => controller.abort());
    const headers = { 'x-forwarded-for': address };
    const response = await fetch(`${server.url}${path}/events`, { headers, signal: controller.signal });
    return { status: response.status, response, close: () => controller.abort() };
  };
  const first = await open('203.0.113.7');
  expect([first.status, (await open('203.0.113.7')).status]).toEqual([200, 200]);
  const refused = await open('203.0.113.7');
  expect([
    refused.status,
    ((await refused.response.json()) as { error: { code: string } }).error.code,
  ]).toEqual([429, 'streams_spent']);
  expect((await open('198.51.100.4')).status).toBe(200);
  first.close();
  await vi.waitFor(async () => expect((await open('203.0.113.7')).status).toBe(200), { timeout: 30_000 });
});

it('counts what customers send beside their messages, and takes no message away for it', async () => {
  const config = { visitor_messages_per_hour: 5 };
  const server = await startDeskServer({ config });
  const path = await conversation(server);
  const send = async (what: string, body: object) =>
    (await server.http.call('POST', `${path}/${what}`, { body })).status;
  const typing: number[] = [];
  for (let time = 0; time < 14; time += 1) typing.push(await send('typing', { typing: true }));
  expect([typing.filter((status) => status === 204).length, typing.at(-1)]).toEqual([12, 429]);
  expect(await send('csat', { rating: 5 })).toBe(429);
  expect(await send('read', { sequence: 0 })).toBe(429);
  expect(await send('feedback', { message_id: 'none', rating: 1 })).toBe(429);
  expect(await send('handover', { message: 'My tent leaks' })).toBe(200);
  for (let time = 0; time < 4; time += 1) expect(await send('contact', { email: 'a@b.example' })).toBe(204);
  expect(await send('contact', { email: 'a@b.example' })).toBe(429);
});
