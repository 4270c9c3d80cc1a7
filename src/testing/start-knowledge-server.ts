import { onTestFinished } from 'vitest';
import { buildServer } from '../api/build-server.ts';
import type { App } from '../app.ts';
import { openDesk } from '../composition/open-desk.ts';
import { openIngestion } from '../composition/open-ingestion.ts';
import { openStaff } from '../composition/open-staff.ts';
import { beginOpening } from '../composition/opening.ts';
import type { Stores } from '../composition/open-stores.ts';
import type { Config } from '../config.ts';
import { createFaults } from '../faults/faults.ts';
import { createMetrics } from '../observability/metrics.ts';
import { createSqliteDisabledStore } from '../stores/sqlite/disabled-store.ts';
import { createSqliteKeyStore } from '../stores/sqlite/key-store.ts';
import { createVolatileAllowances } from './volatile-stores.ts';
import { createHttpClient, waitFor, type HttpResult } from './http-client.ts';
import { openKnowledgeTools } from './knowledge-tools.ts';
import { testConfig } from './start-test-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * The real server on a real socket with all that brings documents in, vectors standing for texts; `parts` of the app
 * are added by the test, and any other part is missing and fails.
 */
export async function startKnowledgeServer(
  parts: (kit: ReturnType<typeof openKnowledgeTools>) => Partial<App> = () => ({}),
  settings: Partial<Config> = {},
) {
  const folder = temporaryFolder();
  const kit = openKnowledgeTools(folder);
  const { database, tools, jobs, sources, versions } = kit;
  const config = testConfig(folder, settings);
  const opening = beginOpening(config, {});
  const staff = openStaff(database, undefined, { requireSecondFactor: config.require_second_factor });
  const desk = await openDesk({
    database,
    folder,
    users: staff.users,
    profile: () => ({ name: 'Test shop' }),
    config,
  });
  const keys = createSqliteKeyStore(database);
  const key = await keys.resetAdminKey();
  const disabled = createSqliteDisabledStore(database);
  const stores = { knowledge: tools.knowledge, jobs, sources, versions, disabled } as unknown as Stores;
  const { ingestion } = openIngestion(opening, {
    stores,
    ingestTools: tools,
    isAnswering: () => false,
  });
  ingestion.queue.start();
  const app = {
    ...stores,
    ...ingestion,
    staff,
    desk,
    keys,
    config,
    metrics: createMetrics(),
    memory: { allowances: createVolatileAllowances() },
    faults: createFaults(),
    summaries: { textOf: () => Promise.resolve(null) },
    ...parts(kit),
  };
  const server = await buildServer(app as unknown as App, { controlToken: 'control', webFolder: folder });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await server.close();
    await opening.close();
    await desk.close();
  });
  const http = createHttpClient({ url, adminKey: key });
  const call = (method: string, path: string, body?: unknown): Promise<HttpResult> =>
    http.call(method, path, { key, ...(body !== undefined && { body }) });
  return {
    ...kit,
    ingestion,
    url,
    call,
    /** The job when it is over. */
    over: (id: string) =>
      waitFor('the job', async () => {
        const { body } = await call('GET', `/api/v1/jobs/${id}`);
        return body.finished_at === null ? null : body;
      }),
  };
}
