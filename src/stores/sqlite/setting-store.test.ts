import { settingStoreSuite } from '../suites/setting-store.suite.ts';
import { openDatabase } from './open-database.ts';
import { createSqliteSettingStore } from './setting-store.ts';

settingStoreSuite('SQLite', async () => {
  const database = openDatabase(':memory:');
  return { store: createSqliteSettingStore(database), close: () => void database.close() };
});
