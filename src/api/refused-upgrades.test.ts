import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { openDeskServer, type DeskServer } from '../testing/open-desk-server.ts';

let folder: string;
let server: DeskServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'answerbox-upgrades-'));
  server = await openDeskServer(folder);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const UPGRADE =
  'Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';

/** Sends the head of a request and says nothing more, not even goodbye. */
async function ask(head: string): Promise<{ socket: Socket; answer: string }> {
  const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', allowHalfOpen: true });
  socket.write(`${head}\r\n${UPGRADE}\r\n`);
  const [data] = (await once(socket, 'data')) as [Buffer];
  return { socket, answer: data.toString('latin1') };
}

it.each([
  ['401', 'GET /api/v1/tickets HTTP/1.1'],
  ['403', 'GET /api/v1/chat/ws HTTP/1.1\r\nOrigin: https://evil.example'],
  ['200', 'GET /healthz HTTP/1.1'],
  ['414', `POST /api/v1/threads/${'x'.repeat(2_000)}/messages HTTP/1.1`],
  ['400', 'GET /api/v1/threads/%9F%99 HTTP/1.1'],
])(
  'a wish for another protocol that is answered %s leaves no connection behind',
  async (status, head) => {
    const { socket, answer } = await ask(head);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    // The server closes its end; then ours is closed, and nothing of it is left.
    socket.resume();
    if (!socket.readableEnded) await once(socket, 'end');
    socket.end();
    if (!socket.closed) await once(socket, 'close');
  },
  15_000,
);

it('a connection that is accepted lives on in silence, and is closed by its goodbye', async () => {
  const chat = new WebSocket(`${server.url.replace('http', 'ws')}/api/v1/chat/ws`);
  await once(chat, 'open');
  await new Promise((wait) => setTimeout(wait, 6_000));
  expect(chat.readyState).toBe(WebSocket.OPEN);
  chat.close();
  await once(chat, 'close');
}, 20_000);
