import { conversationStoreSuite } from '../suites/conversation-store.suite.ts';
import { createSqliteConversationStore } from './conversation-store.ts';
import { openDatabase } from './open-database.ts';

conversationStoreSuite('SQLite', async () => {
  const database = openDatabase(':memory:');
  return { store: createSqliteConversationStore(database), close: () => void database.close() };
});
