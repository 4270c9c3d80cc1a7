import { orderStoreSuite } from '../suites/order-store.suite.ts';
import { createSqliteOrderStore } from './order-store.ts';
import { openDatabase } from './open-database.ts';

orderStoreSuite('SQLite', async () => {
  const database = openDatabase(':memory:');
  return { store: createSqliteOrderStore(database), close: () => void database.close() };
});
