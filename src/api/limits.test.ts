import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { connectSocket } from '../testing/socket-client.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Two requests a minute: one flows in after 30 seconds, which no test here takes. */
async function makeKey({ http, adminKey: key }: DeskServer, more: object = {}): Promise<string> {
  const body = { name: 'shop', permissions: ['customers.read', 'catalogue.read'], ...more };
  const made = await http.call('POST', '/api/v1/keys', { key, body });
  expect(made.status).toBe(201);
  return made.body.key as string;
}

const statusesOf = async (
  server: DeskServer,
  key: string,
  path: string,
  times: number,
): Promise<number[]> => {
  const statuses: number[] = [];
  for (let sent = 0; sent < times; sent += 1)
    statuses.push((await server.http.call('GET', path, { key })).status);
  return statuses;
};

it('lets a key send as many requests a minute as it was made for, over restarts too', async () => {
  const folder = temporaryFolder();
  let server = await startDeskServer({ folder });
  const key = await makeKey(server, { requests_per_minute: 2 });
  const other = await makeKey(server, { requests_per_minute: 2 });
  expect(await statusesOf(server, key, '/api/v1/customers', 3)).toEqual([200, 200, 429]);
  const refused = await server.http.call('GET', '/api/v1/orders', { key });
  expect(refused.body.error.code).toBe('key_limit_spent');
  expect(refused.body.error.message).toContain('2 requests a minute');
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(30);
  await server.close();

  server = await startDeskServer({ folder });
  expect(await statusesOf(server, key, '/api/v1/customers', 1)).toEqual([429]);
  // A route that is open to everyone tells staff more: the key is counted there too.
  expect((await server.http.call('POST', '/api/v1/chat', { key, body: { message: 'Hi?' } })).status).toBe(
    429,
  );
  // Programs are told in the shape of their own clients.
  const program = await server.http.call('GET', '/v1/models', { key });
  expect([program.status, program.headers.get('retry-after') !== null]).toEqual([429, true]);
  expect(program.body.error.type).toBe('rate_limit_error');
  // Nobody else pays for it, and the admin key has no number.
  expect(await statusesOf(server, other, '/api/v1/customers', 2)).toEqual([200, 200]);
  expect(await statusesOf(server, server.adminKey, '/api/v1/customers', 5)).toEqual([
    200, 200, 200, 200, 200,
  ]);
});

it('takes the usual number for a key without one, and none where the setting is 0', async () => {
  const few = await startDeskServer({ config: { key_requests_per_minute: 3 } });
  const key = await makeKey(few);
  expect(await statusesOf(few, key, '/api/v1/customers', 4)).toEqual([200, 200, 200, 429]);
  const listed = await few.http.call('GET', '/api/v1/keys', { key: few.adminKey });
  expect(listed.body.keys[0].requests_per_minute).toBeNull();
  const any = await startDeskServer({ config: { key_requests_per_minute: 0 } });
  const free = await makeKey(any);
  expect(new Set(await statusesOf(any, free, '/api/v1/customers', 8))).toEqual(new Set([200]));
  const own = await makeKey(any, { requests_per_minute: 1 });
  expect(await statusesOf(any, own, '/api/v1/customers', 2)).toEqual([200, 429]);
});

it('counts each question over a socket, not the line alone', async () => {
  const server = await startDeskServer();
  const authorization = `Bearer ${await makeKey(server, { requests_per_minute: 2 })}`;
  const client = await connectSocket(server.url, { headers: { authorization } });
  const codes: unknown[] = [];
  for (const id of [randomUUID(), randomUUID(), randomUUID()]) {
    client.send({ type: 'question', id, message: 'Hi?' });
    const told = await client.until(
      `the answer to ${id}`,
      (one) => one['id'] === id && one['type'] === 'error',
    );
    codes.push(told['code']);
  }
  // The question path is missing here: what was let through fails there.
  expect(codes).toEqual(['internal', 'internal', 'key_limit_spent']);
  await client.kill();
});

it.each([0, -1, 1.5, 1_000_001, 'ten'])(
  'makes no key of %j requests a minute',
  async (requests_per_minute) => {
    const { http, adminKey: key } = await startDeskServer();
    const body = { name: 'shop', permissions: ['catalogue.read'], requests_per_minute };
    expect((await http.call('POST', '/api/v1/keys', { key, body })).status).toBe(400);
  },
);
