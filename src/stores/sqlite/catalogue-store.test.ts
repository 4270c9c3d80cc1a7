import { catalogueStoreSuite } from '../suites/catalogue-store.suite.ts';
import { createSqliteCatalogueStore } from './catalogue-store.ts';
import { openDatabase } from './open-database.ts';

catalogueStoreSuite('SQLite', async () => {
  const database = openDatabase(':memory:');
  return { store: createSqliteCatalogueStore(database), close: () => void database.close() };
});
