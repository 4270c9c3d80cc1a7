import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { buildServer } from '../api/build-server.ts';
import type { App } from '../app.ts';
import { createProductFinder } from '../catalogue/find-products.ts';
import { loadConfig, type Config } from '../config.ts';
import { createFaults } from '../faults/faults.ts';
import { createMetrics } from '../observability/metrics.ts';
import { openDesk } from '../composition/open-desk.ts';
import { openStaff } from '../composition/open-staff.ts';
import { createSqliteCatalogueStore } from '../stores/sqlite/catalogue-store.ts';
import { createSqliteKeyStore } from '../stores/sqlite/key-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteOrderStore } from '../stores/sqlite/order-store.ts';
import { createVolatileAllowances } from './volatile-stores.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface CatalogueServer {
  url: string;
  adminKey: string;
  controlToken: string;
  config: Config;
  app: Pick<App, 'catalogue' | 'orders' | 'products' | 'staff'>;
}

/** The real server on a real socket, with products and orders and no models: its other routes would fail. */
export async function startCatalogueServer(overrides: Partial<Config> = {}): Promise<CatalogueServer> {
  const folder = temporaryFolder();
  const loaded = loadConfig({ environment: {}, file: join(folder, 'no-such-file.json') });
  const config: Config = { ...loaded.config, data_dir: folder, log_level: 'silent', ...overrides };
  const database = openDatabase(join(folder, 'answerbox.sqlite'));
  const keys = createSqliteKeyStore(database);
  const catalogue = createSqliteCatalogueStore(database);
  const staff = openStaff(database);
  const profile = () => ({ name: 'Test shop' });
  const app = {
    catalogue,
    orders: createSqliteOrderStore(database),
    products: createProductFinder(catalogue),
    staff,
    desk: await openDesk({ database, folder, users: staff.users, profile, config }),
  };
  const adminKey = await keys.resetAdminKey();
  const controlToken = 'control';
  const server = await buildServer(
    {
      ...app,
      config,
      keys,
      metrics: createMetrics(),
      faults: createFaults(),
      memory: { allowances: createVolatileAllowances() },
    } as unknown as App,
    {
      controlToken,
      webFolder: folder,
    },
  );
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await server.close();
    await app.desk.close();
    database.close();
  });
  return { url, adminKey, controlToken, config, app };
}
