import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { listenHttp } from '../testing/listen-http.ts';
import { rawExchange } from '../testing/raw-exchange.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';

/** Each stands nowhere else, so that a single byte of it in the log was a person's. */
const PLANTED = {
  email: 'wilhelmina.quist@example.com',
  phone: '+49 30 5551234567',
  order: 'QX-9081726',
  name: 'Wilhelmina Quistorp',
  question: 'Warum ist mein türkiser Regenschirm noch nicht da',
  urlToken: 'tok_5e0dPlantedInAnAddress99',
  apiKey: 'abx_PlantedKeyOfAProgram0123456789',
  cookie: 'PlantedSessionCookie0123456789abcdef',
};
const SAID = `${PLANTED.question}, ${PLANTED.name} ${PLANTED.email} ${PLANTED.phone} ${PLANTED.order}`;

/** What is looked for: each text, its parts, and how JSON and addresses write it. */
function traces(): string[] {
  const words = Object.values(PLANTED).flatMap((text) => [text, ...text.split(/[\s@]+/)]);
  const telling = words.filter((word) => word.length >= 7 || /quist|wilhelmina/i.test(word));
  return [
    ...new Set(
      telling.flatMap((text) => [
        text,
        encodeURIComponent(text),
        JSON.stringify(text).slice(1, -1),
        text.toLowerCase(),
      ]),
    ),
  ];
}

async function listenSmtp(refusal: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 test ESMTP\r\n');
    socket.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\r\n').filter(Boolean))
        if (/^EHLO/i.test(line)) socket.write('250-test\r\n250 8BITMIME\r\n');
        else if (/^RCPT/i.test(line)) socket.write(`550 5.1.1 ${refusal}\r\n`);
        else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?ignoreTLS=true`;
}

/** The store fails and quotes what it was given, as drivers do. */
function failOn(server: DeskServer, table: string): void {
  server.database.function('quote_it', () => {
    throw new RangeError(`cannot write ${PLANTED.name} here, nor '${SAID}'`);
  });
  server.database.exec(
    `CREATE TRIGGER planted_${table} BEFORE INSERT ON ${table} BEGIN SELECT quote_it(); END`,
  );
}

async function sendOverSocket(url: string, message: object): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/chat/ws`, { origin: url });
  await once(socket, 'open');
  socket.send(JSON.stringify(message));
  await once(socket, 'message');
  socket.close();
  await once(socket, 'close');
}

it('holds nothing of what customers and programs sent, whatever failed over it', async () => {
  let log = '';
  const logStream = { write: (line: string) => void (log += line) };
  const hook = await listenHttp((_request, response) => response.writeHead(500).end(SAID));
  const server = await startDeskServer({
    logStream,
    config: {
      log_level: 'trace',
      smtp_url: await listenSmtp(`<${PLANTED.email}> ${PLANTED.name} may not hear of ${PLANTED.question}`),
      mail_from: 'help@shop.example',
      webhook_hosts: hook.host,
    },
  });
  const { http, adminKey: key } = server;
  const customer = { name: PLANTED.name, email: PLANTED.email, phone: PLANTED.phone };

  // Refused: unknown addresses, wrong shapes, wrong JSON, wrong keys, no HTTP at all.
  await http.call(
    'GET',
    `/nowhere/${encodeURIComponent(PLANTED.name)}?token=${PLANTED.urlToken}&q=${encodeURIComponent(SAID)}`,
  );
  await http.call('GET', `/api/v1/orders/${PLANTED.order}?token=${PLANTED.urlToken}`, {
    key: PLANTED.apiKey,
  });
  await http.call('GET', '/api/v1/session', { headers: { cookie: `session=${PLANTED.cookie}` } });
  await http.call('POST', '/api/v1/session', { body: { email: PLANTED.email, password: PLANTED.apiKey } });
  await http.call('POST', '/api/v1/chat', { body: `{"message": ${SAID}` });
  await http.call('POST', '/api/v1/chat', { body: { message: SAID, language: PLANTED.name } });
  await http.call('POST', '/api/v1/customers', { key, body: { ...customer, [PLANTED.name]: 1 } });
  await rawExchange(server.url, `GET /${PLANTED.urlToken} HTTP/9\r\n${PLANTED.name}\r\n\r\n`);

  // Failed inside: the question path is missing here, and the store quotes what it could not write.
  const chat = await http.call('POST', '/api/v1/chat', { body: { message: SAID } });
  await sendOverSocket(server.url, { type: 'question', id: randomUUID(), message: SAID });
  failOn(server, 'customers');
  const failed = await http.call('POST', '/api/v1/customers', { key, body: customer });
  expect([chat.status, failed.status]).toEqual([500, 500]);
  server.database.exec('DROP TRIGGER planted_customers');

  // Failed beside requests: mail that is refused, a webhook that is, and the desk's own round.
  await server.signIn('agent', 'Ada');
  const url = `http://${hook.host}/services/${PLANTED.urlToken}?key=${PLANTED.apiKey}`;
  await http.call('POST', '/api/v1/webhooks', { key, body: { url, events: ['handover-start'] } });
  await server.app.desk.tick();
  const id = await server.app.conversations.createConversation({});
  await server.app.conversations.addMessage({
    id: 'm-1',
    conversationId: id,
    role: 'customer',
    text: SAID,
    answer: null,
  });
  const handover = await http.call('POST', `/api/v1/conversations/${id}/handover`, { body: customer });
  expect(handover.status).toBe(200);
  await server.app.desk.tick();
  await server.close();

  // What happened is told all the same.
  expect(log).toContain('"message":"cannot write [said] here, nor [quote]"');
  expect(log).toContain('"message":"app.answer is not a function"');
  expect(log).toMatch(/^info: mail .*EENVELOPE 550$/m);
  expect(log).toMatch(/^info: webhook .*$/m);
  expect(log).toContain('"code":"HPE_');
  expect(traces().filter((text) => log.toLowerCase().includes(text.toLowerCase()))).toEqual([]);
  expect(log).not.toContain(id);
}, 60_000);
