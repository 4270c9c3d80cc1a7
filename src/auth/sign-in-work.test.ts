import { beforeEach, expect, it, vi } from 'vitest';
import { startDeskServer } from '../testing/start-desk-server.ts';
import { PASSWORD } from '../testing/staff-client.ts';

// The real argon2, its calls counted: what a sign-in costs is nearly all of this.
const work = vi.hoisted(() => ({ hashes: [] as string[], verified: [] as string[] }));
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>();
  return {
    ...real,
    hash: (...args: Parameters<typeof real.hash>) => {
      work.hashes.push(String(args[0]));
      return real.hash(...args);
    },
    verify: (...args: Parameters<typeof real.verify>) => {
      work.verified.push(String(args[0]));
      return real.verify(...args);
    },
  };
});

beforeEach(() => {
  work.hashes.length = 0;
  work.verified.length = 0;
});

/** Algorithm, memory, passes and lanes of a hash: what its verification costs. */
const costOf = (hash: string): string => hash.split('$').slice(1, 4).join('$');

it('costs the same work for whoever is there, is not, is closed, or has another password', async () => {
  const server = await startDeskServer();
  const agent = await server.signIn('agent');
  await server.signIn('viewer', 'Closed');
  const users = (await server.http.call('GET', '/api/v1/users', { key: server.adminKey })).body.users;
  const { id } = users.find((user: { name: string }) => user.name === 'Closed');
  await server.http.call('PATCH', `/api/v1/users/${id}`, { key: server.adminKey, body: { disabled: true } });
  expect(agent.id).toBeTruthy();
  const attempt = async (email: string, password: string): Promise<number> =>
    (await server.http.call('POST', '/api/v1/session', { body: { email, password } })).status;
  // The hash of nobody's password is made once.
  await attempt('first@nowhere.example', 'wrong-password-1');
  work.hashes.length = 0;
  const costs = new Set<string>();
  for (const [email, password, status] of [
    ['agent@shop.example', 'wrong-password-1', 401],
    ['agent@shop.example', PASSWORD, 200],
    ['nobody@shop.example', 'wrong-password-1', 401],
    ['closed@shop.example', PASSWORD, 401],
    ['AGENT@shop.example', 'x'.repeat(200), 401],
  ] as const) {
    work.verified.length = 0;
    expect(await attempt(email, password), email).toBe(status);
    expect(work.verified, email).toHaveLength(1);
    costs.add(costOf(work.verified[0]!));
  }
  expect(work.hashes).toEqual([]);
  expect([...costs]).toHaveLength(1);
  expect([...costs][0]).toMatch(/^argon2id\$v=19\$m=\d+,t=\d+,p=\d+$/);
});
