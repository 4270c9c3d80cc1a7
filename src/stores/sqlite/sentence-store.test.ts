import { sentenceStoreSuite } from '../suites/sentence-store.suite.ts';
import { createSqliteKnowledgeStore } from './knowledge-store.ts';
import { openDatabase } from './open-database.ts';
import { createSqliteSentenceStore } from './sentence-store.ts';

sentenceStoreSuite('SQLite', async () => {
  const database = openDatabase(':memory:');
  return {
    store: {
      sentences: createSqliteSentenceStore(database),
      knowledge: createSqliteKnowledgeStore(database),
    },
    close: () => void database.close(),
  };
});
