import { expect, it, vi } from 'vitest';
import { createHealthCheck } from '../knowledge/health-check.ts';
import { createSqliteHealthStore } from '../stores/sqlite/health-store.ts';
import { waitFor } from '../testing/http-client.ts';
import { startKnowledgeServer } from '../testing/start-knowledge-server.ts';

vi.setConfig({ testTimeout: 60_000 });

it('a finding is dismissed, shown where it is asked for, brought back, and gone with an unknown id', async () => {
  const { call, over } = await startKnowledgeServer(({ database, tools }) => {
    const health = createSqliteHealthStore(database);
    const now = () => new Date('2026-11-21T02:00:00Z');
    const isAnswering = () => false;
    return { health, healthCheck: createHealthCheck({ ...tools, verifier: null, health, isAnswering, now }) };
  });
  const documents = [{ title: 'Offer', text: 'The offer is valid until 31 December 2024.' }];
  await over((await call('POST', '/api/v1/documents', { documents })).body.job_id);
  const path = '/api/v1/knowledge/health';
  expect((await call('POST', path)).status).toBe(202);
  const { report } = await waitFor('the report', async () => {
    const { body } = await call('GET', path);
    return body.running ? null : body;
  });
  expect(report).toMatchObject({ dismissed: 0, stale: [{ title: 'Offer', dismissed: false }] });
  const finding = `/api/v1/knowledge/findings/${report.stale[0].id}`;
  expect((await call('PUT', finding, { dismissed: true })).status).toBe(204);
  expect((await call('GET', path)).body.report).toMatchObject({ dismissed: 1, stale: [] });
  expect((await call('GET', `${path}?dismissed=true`)).body.report.stale).toMatchObject([
    { dismissed: true },
  ]);
  expect((await call('PUT', finding, { dismissed: false })).status).toBe(204);
  expect((await call('GET', path)).body.report).toMatchObject({ dismissed: 0, stale: [{ title: 'Offer' }] });
  expect((await call('PUT', '/api/v1/knowledge/findings/none', { dismissed: true })).body.error.code).toBe(
    'finding_not_found',
  );
  expect((await call('PUT', finding, { dismissed: 'yes, please' })).status).toBe(400);
});
