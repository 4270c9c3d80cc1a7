import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { DocumentScope } from '../stores/contracts.ts';
import { UNLIMITED_SCOPE } from '../stores/contracts.ts';
import { createSqliteDisabledStore } from '../stores/sqlite/disabled-store.ts';
import { createHttpClient } from '../testing/http-client.ts';
import { connectSocket } from '../testing/socket-client.ts';
import { createStaffClient, PASSWORD, type StaffClient } from '../testing/staff-client.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';
import { startScriptedServer, type ScriptedServer } from '../testing/start-scripted-server.ts';
import { syntheticDocument } from '../testing/synthetic-knowledge.ts';

vi.setConfig({ testTimeout: 240_000 });

const SECRET = 'The purchase price of the tent is 31 euros.';

describe('the page and the text of a source', () => {
  it('open what customers are answered from to everyone, and the rest to whoever may read the knowledge', async () => {
    const server = await startDeskServer();
    const { knowledge } = server.app;
    const put = async (source: string, scope: Partial<DocumentScope>): Promise<string> => {
      const written = syntheticDocument(source, [SECRET]);
      return (await knowledge.putDocument({ ...written, scope: { ...UNLIMITED_SCOPE, ...scope } }))
        .documentId;
    };
    const open = await put('open', { validFrom: '2020-01-01T00:00:00.000Z' });
    const disabled = await put('disabled', {});
    await createSqliteDisabledStore(server.database).setDocument(disabled, false);
    const hidden = [
      await put('staff', { audience: 'staff' }),
      await put('customers', { audience: 'customers' }),
      await put('over', { validUntil: '2020-01-01T00:00:00.000Z' }),
      await put('to come', { validFrom: '2999-01-01T00:00:00.000Z' }),
      disabled,
    ];
    const make = async (permissions: string[]): Promise<string> =>
      (
        await server.http.call('POST', '/api/v1/keys', {
          key: server.adminKey,
          body: { name: permissions.join(), permissions },
        })
      ).body.key;
    const weak = await make(['catalogue.read']);
    const reader = await make(['knowledge.read']);
    const agent = await server.signIn('agent');
    const strangers = { key: undefined, weak };
    for (const path of ['/sources', '/api/v1/sources']) {
      for (const [who, key] of Object.entries(strangers)) {
        const call = (id: string) =>
          server.http.call('GET', `${path}/${id}`, { ...(key !== undefined && { key }) });
        const shown = await call(open);
        expect([who, shown.status, JSON.stringify(shown.body).includes('31 euros')]).toEqual([
          who,
          200,
          true,
        ]);
        for (const id of hidden) {
          const { status, body } = await call(id);
          expect([path, who, status, body.error?.code]).toEqual([path, who, 404, 'document_not_found']);
          expect(JSON.stringify(body)).not.toContain('31 euros');
        }
      }
      for (const id of [open, ...hidden]) {
        expect((await server.http.call('GET', `${path}/${id}`, { key: reader })).status).toBe(200);
        expect((await agent.call('GET', `${path}/${id}`)).status).toBe(200);
      }
    }
  });
});

/** A program that may read the catalogue alone, one that may read the knowledge, and somebody without their second factor. */
async function openCallers(server: ScriptedServer) {
  const { call } = createHttpClient(server);
  const key = server.adminKey;
  const make = async (permission: string): Promise<string> =>
    (await call('POST', '/api/v1/keys', { key, body: { name: permission, permissions: [permission] } })).body
      .key;
  const email = 'ada@shop.example';
  await call('POST', '/api/v1/users', {
    key,
    body: { name: 'Ada', email, role: 'admin', password: PASSWORD },
  });
  const locked: StaffClient = createStaffClient(server.url);
  const session = await locked.call('POST', '/api/v1/session', { body: { email, password: PASSWORD } });
  expect(session.status).toBeLessThan(300);
  return { weak: await make('catalogue.read'), reader: await make('knowledge.read'), locked };
}

const start = () =>
  startScriptedServer({
    words: ['Yes.'],
    config: { require_second_factor: true, metrics: 'key', api_docs: 'key' },
  });

const FILTER = { audiences: ['public', 'staff'] };

describe('documents of another audience', () => {
  it('answer nobody over HTTP who may not read the knowledge', async () => {
    const server = await start();
    const { weak, reader, locked } = await openCallers(server);
    const { call } = createHttpClient(server);
    const body = { message: 'What did we pay?', filter: FILTER };
    for (const accept of ['application/json', 'text/event-stream']) {
      const headers = { accept };
      expect((await call('POST', '/api/v1/chat', { body, headers })).body.error.code).toBe('unauthorized');
      expect((await call('POST', '/api/v1/chat', { body, headers, key: weak })).body.error.code).toBe(
        'forbidden',
      );
      expect((await locked.call('POST', '/api/v1/chat', { body, headers })).body.error.code).toBe(
        'forbidden',
      );
      expect(server.asked).toHaveLength(accept === 'application/json' ? 0 : 1);
      server.release(1);
      expect((await call('POST', '/api/v1/chat', { body, headers, key: reader })).status).toBe(200);
    }
    expect(server.asked.map(({ filter }) => filter)).toEqual([FILTER, FILTER]);
  });

  it('answer nobody over the socket who may not read the knowledge', async () => {
    const server = await start();
    const { weak, reader, locked } = await openCallers(server);
    const ask = async (headers: Record<string, string>) => {
      const line = await connectSocket(server.url, { headers });
      const id = randomUUID();
      line.send({ type: 'question', id, message: 'What did we pay?', filter: FILTER });
      const told = await line.until('a verdict', ({ type }) => type === 'error' || type === 'answer-start');
      await line.kill();
      return told.code ?? told.type;
    };
    expect(await ask({})).toBe('unauthorized');
    expect(await ask({ authorization: `Bearer ${weak}` })).toBe('forbidden');
    expect(await ask(locked.headers())).toBe('forbidden');
    expect(server.asked).toEqual([]);
    expect(await ask({ authorization: `Bearer ${reader}` })).toBe('answer-start');
  });
});

it('figures and the pages of the API ask for more than any key, when they ask for one', async () => {
  const server = await start();
  const { weak, locked } = await openCallers(server);
  const { call } = createHttpClient(server);
  for (const path of ['/metrics', '/docs/json', '/docs/yaml']) {
    expect((await call('GET', path)).status).toBe(401);
    expect([path, (await call('GET', path, { key: weak })).status]).toEqual([path, 403]);
    expect([path, (await locked.call('GET', path)).status]).toEqual([path, 403]);
    expect((await call('GET', path, { key: server.adminKey })).status).toBe(200);
  }
});
