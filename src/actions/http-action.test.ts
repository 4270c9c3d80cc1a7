import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { answerJson, listenHttp } from '../testing/listen-http.ts';
import { createHttpAction } from './http-action.ts';
import type { HttpActionDefinition } from './http-action-definition.ts';

function definitionOf(host: string, changes: Partial<HttpActionDefinition> = {}): HttpActionDefinition {
  return {
    name: 'cancel_order',
    description: 'Cancels an order.',
    method: 'POST',
    url: `http://${host}/orders/{number}/cancel`,
    headers: { Authorization: 'Bearer secret' },
    input: { number: { type: 'string', required: true }, reason: { type: 'string' } },
    changes: true,
    confirm: 'Cancel order {number}?',
    allow_hosts: [host],
    ...changes,
  };
}
const caller = { conversationId: 'c' };
const context = () => ({ signal: new AbortController().signal, caller, idempotencyKey: 'key-1' });

describe('an HTTP action', () => {
  it('sends the fields in the path and as JSON, with the headers and the key of the confirmation', async () => {
    const server = await listenHttp((_, response) => answerJson(response, { state: 'cancelled' }));
    const action = createHttpAction(definitionOf(server.host));
    const output = await action.run({ number: 'A 10/../1', reason: 'Grüße "x"' }, context());
    expect(output).toEqual({ state: 'cancelled' });
    expect(server.received).toEqual([
      expect.objectContaining({
        method: 'POST',
        url: '/orders/A%2010%2F..%2F1/cancel',
        body: JSON.stringify({ reason: 'Grüße "x"' }),
        headers: expect.objectContaining({ authorization: 'Bearer secret', 'idempotency-key': 'key-1' }),
      }),
    ]);
    expect(action.confirmText({ number: 'A-1001' })).toBe('Cancel order A-1001?');
  });

  it('sends the fields of a GET in its query, and no key', async () => {
    const server = await listenHttp((_, response) => response.end('Open until 18:00'));
    const definition = definitionOf(server.host, {
      method: 'GET',
      url: `http://${server.host}/hours?lang=en`,
      changes: false,
      input: { day: { type: 'string', required: true }, week: { type: 'integer' } },
    });
    expect(await createHttpAction(definition).run({ day: 'a&b=c', week: 7 }, context())).toBe(
      'Open until 18:00',
    );
    expect(server.received[0]?.url).toBe('/hours?lang=en&day=a%26b%3Dc&week=7');
    expect(server.received[0]?.headers['idempotency-key']).toBeUndefined();
  });

  it('never leaves its path by a field of dots', async () => {
    const server = await listenHttp((_, response) => answerJson(response, {}));
    const action = createHttpAction(definitionOf(server.host));
    for (const number of ['.', '..'])
      await expect(action.run({ number }, context())).rejects.toMatchObject({ code: 'action_input_invalid' });
    expect(server.received).toEqual([]);
  });

  it('does not follow a redirect', async () => {
    const elsewhere = await listenHttp((_, response) => answerJson(response, { stolen: true }));
    const server = await listenHttp((_, response) =>
      response.writeHead(307, { Location: `http://${elsewhere.host}/` }).end(),
    );
    const refused = createHttpAction(definitionOf(server.host)).run({ number: 'A' }, context());
    await expect(refused).rejects.toMatchObject({
      code: 'action_failed',
      message: expect.stringContaining('307'),
    });
    expect(elsewhere.received).toEqual([]);
  });

  const failures: [string, (response: ServerResponse) => void, RegExp][] = [
    ['says no', (response) => answerJson(response, { error: 'sent already' }, 409), /it answered 409\.$/],
    [
      'is broken',
      (response) => response.writeHead(500).end(),
      /it answered 500; whether it was done is not known/,
    ],
    [
      'claims JSON that is none',
      (response) => response.setHeader('Content-Type', 'application/json').end('{'),
      /not the JSON/,
    ],
    ['answers without end', (response) => response.end(Buffer.alloc(100_000, 97)), /longer than 65536 bytes/],
    ['hangs up', (response) => response.destroy(), /the connection failed \(UND_ERR_SOCKET\)/],
    ['hangs', () => undefined, /no answer within 150 ms; whether it was done is not known/],
    ['hangs in the middle', (response) => response.write('{"a":'), /no answer within 150 ms/],
  ];
  it.each(failures)('says so when the other side %s', async (_, answer, reason) => {
    const server = await listenHttp((_request, response) => answer(response));
    // Short only where nothing comes: a busy machine must not turn another failure into this one.
    const limit = reason.source.includes('150 ms') ? { timeout_ms: 150 } : {};
    const action = createHttpAction(definitionOf(server.host, limit));
    await expect(action.run({ number: 'A' }, context())).rejects.toMatchObject({
      code: 'action_failed',
      message: expect.stringMatching(reason),
    });
  });

  it('says so when nobody listens', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    await once(server, 'close');
    const refused = createHttpAction(definitionOf(host)).run({ number: 'A' }, context());
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining('ECONNREFUSED') });
  });

  it('ends the request when its signal is raised', async () => {
    const leaving = new AbortController();
    let closed: Promise<unknown> = Promise.reject(new Error('the request did not come'));
    closed.catch(() => undefined);
    const server = await listenHttp((_, response) => {
      closed = once(response, 'close');
      leaving.abort('gone');
    });
    const action = createHttpAction(definitionOf(server.host));
    const run = action.run({ number: 'A' }, { signal: leaving.signal, caller });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    await closed;
  });
});
