import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { listenHttp } from '../testing/listen-http.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';
import { checkWebhookUrl, isInside } from './webhook-target.ts';

vi.setConfig({ testTimeout: 120_000 });

async function handOver(server: DeskServer, contact: object = {}): Promise<string> {
  const id = await server.app.conversations.createConversation({});
  await server.http.call('POST', `/api/v1/conversations/${id}/handover`, { body: contact });
  return id;
}

it('tells webhooks what happened, signed, again until it is taken, and replays what is dead', async () => {
  let status = 500;
  const receiver = await listenHttp((_request, response) => response.writeHead(status).end());
  let now = Date.now();
  const server = await startDeskServer({
    config: { webhook_hosts: receiver.host },
    now: () => new Date(now),
  });
  const key = server.adminKey;
  const body = { url: `http://${receiver.host}/hook`, events: ['handover-start'] };
  const made = await server.http.call('POST', '/api/v1/webhooks', { key, body });
  expect(made.status).toBe(201);
  await server.app.desk.tick();
  const conversation = await handOver(server);
  for (let hour = 0; hour < 20; hour += 1) {
    await server.app.desk.tick();
    now += 3_600_000;
  }
  // The first try and six more, each the same delivery.
  expect(receiver.received).toHaveLength(7);
  expect(new Set(receiver.received.map(({ headers }) => headers['answerbox-delivery'])).size).toBe(1);
  const { headers, body: sent } = receiver.received[0]!;
  const [, at, mac] = /^t=(\d+),v1=(\w+)$/.exec(String(headers['answerbox-signature']))!;
  expect(mac).toBe(createHmac('sha256', made.body.secret).update(`${at}.${sent}`).digest('hex'));
  expect(JSON.parse(sent)).toMatchObject({ type: 'handover-start', ticket: 1 });
  expect(sent).not.toContain(conversation);
  const list = '/api/v1/webhooks/deliveries?state=dead';
  const { deliveries } = (await server.http.call('GET', list, { key })).body;
  expect(deliveries).toMatchObject([{ state: 'dead', attempts: 7, last_error: 'it answered 500' }]);
  status = 204;
  await server.http.call('POST', `/api/v1/webhooks/deliveries/${deliveries[0].id}/replay`, { key });
  now = Math.max(now, Date.now()) + 1000;
  await server.app.desk.tick();
  expect(receiver.received).toHaveLength(8);
  expect((await server.http.call('GET', list, { key })).body.deliveries).toEqual([]);
  // Told once: a look at the same events adds nothing.
  await server.app.desk.tick();
  expect(receiver.received).toHaveLength(8);
});

it('does not call into private networks', async () => {
  const server = await startDeskServer();
  const receiver = await listenHttp((_request, response) => response.end());
  const key = server.adminKey;
  const port = receiver.host.split(':')[1];
  for (const url of [
    `http://127.0.0.1:${port}/`,
    `http://[::1]:${port}/`,
    'http://[::ffff:10.0.0.1]/',
    'http://169.254.169.254/latest',
    'http://0x7f000001/',
    'http://192.168.1.1/',
    'ftp://example.com/',
    'http://user:password@example.com/',
    'nothing',
  ]) {
    const body = { url, events: ['ticket-add'] };
    const { status } = await server.http.call('POST', '/api/v1/webhooks', { key, body });
    expect(status, url).toBe(422);
  }
  // A name is looked up when it is called: it may lead inside then.
  const body = { url: `http://localhost:${port}/`, events: ['handover-start'] };
  expect((await server.http.call('POST', '/api/v1/webhooks', { key, body })).status).toBe(201);
  await server.app.desk.tick();
  await handOver(server);
  await server.app.desk.tick();
  expect(receiver.received).toHaveLength(0);
  const dead = await server.http.call('GET', '/api/v1/webhooks/deliveries?state=dead', { key });
  expect(dead.body.deliveries).toMatchObject([{ attempts: 1 }]);
  expect(checkWebhookUrl('https://example.com/x', new Set()).host).toBe('example.com');
  expect(['8.8.8.8', '2600::1'].map(isInside)).toEqual([false, false]);
  expect(['fe80::1', 'fd00::1', '100.64.1.1', '::ffff:8.8.8.8'].map(isInside)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

/** A mail server that takes everything: the dialogue of RFC 5321 over a real socket. */
async function listenSmtp(): Promise<{ url: string; mails: { to: string[]; text: string }[] }> {
  const mails: { to: string[]; text: string }[] = [];
  const server = createServer((socket) => {
    let rest = '';
    let text: string[] | null = null;
    let to: string[] = [];
    socket.setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.write('220 test ESMTP\r\n');
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (text) {
          if (line !== '.') text.push(line);
          else {
            mails.push({ to, text: text.join('\n') });
            [text, to] = [null, []];
            socket.write('250 taken\r\n');
          }
        } else if (/^EHLO/i.test(line)) socket.write('250-test\r\n250 8BITMIME\r\n');
        else if (/^RCPT TO:<(.*)>/i.test(line)) {
          to.push(/<(.*)>/.exec(line)![1]!);
          socket.write('250 ok\r\n');
        } else if (/^DATA/i.test(line)) {
          text = [];
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, mails };
}

it('writes to staff of a hand-over, and to the customer who is gone of the reply', async () => {
  const smtp = await listenSmtp();
  const config = {
    smtp_url: `${smtp.url}?ignoreTLS=true`,
    mail_from: 'help@shop.example',
    public_url: 'http://help.example',
  };
  const server = await startDeskServer({ config });
  const agent = await server.signIn('agent', 'Ada');
  await server.signIn('viewer', 'Vic');
  await server.app.desk.tick();
  const conversation = await handOver(server, { email: 'kim@example.com' });
  await server.app.desk.tick();
  expect(smtp.mails.map(({ to }) => to)).toEqual([['ada@shop.example']]);
  expect(smtp.mails[0]!.text).toContain('[#1] waits for a person');
  const { threads } = (await agent.call('GET', '/api/v1/threads')).body;
  const text = 'Bcc: everybody@example.com\r\nPlease send us a photo.';
  // Over http without TLS the console's own origin is the public address.
  const headers = { origin: config.public_url };
  const sent = await agent.call('POST', `/api/v1/threads/${threads[0].id}/messages`, {
    body: { text },
    headers,
  });
  expect(sent.status).toBe(201);
  await server.app.desk.tick();
  expect(smtp.mails).toHaveLength(2);
  expect(smtp.mails[1]!.to).toEqual(['kim@example.com']);
  expect(smtp.mails[1]!.text).toContain('Please send us a photo.');
  // Quoted-printable: long lines are broken, and an equals sign is written by its number.
  const plain = smtp.mails[1]!.text.replaceAll('=\n', '').replaceAll('=3D', '=');
  expect(plain).toContain(`http://help.example/#conversation=${conversation}`);
});
