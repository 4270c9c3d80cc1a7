import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createFakeModelHost } from '../inference/fakes.ts';
import type { IngestTools } from '../ingest/ingest.ts';
import { createSqliteJobStore } from '../stores/sqlite/job-store.ts';
import { createSqliteKnowledgeStore } from '../stores/sqlite/knowledge-store.ts';
import { openDatabase, type SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteSourceStore } from '../stores/sqlite/source-store.ts';
import { createSqliteVersionStore } from '../stores/sqlite/version-store.ts';
import { createHnswIndex } from '../stores/vectors/hnsw-index.ts';
import { unitVectors } from './synthetic-knowledge.ts';

/** The same text, the same unit vector; no meaning in it. */
export function vectorOfText(text: string): Float32Array {
  return unitVectors(createHash('sha256').update(text).digest().readUInt32LE())();
}

/** Real stores in a folder of their own; vectors that stand for texts, every text that was embedded noted. */
export function openKnowledgeTools(
  folder: string,
  { fails }: { fails?: (texts: readonly string[]) => Error | null } = {},
) {
  const database: SqliteDatabase = openDatabase(join(folder, 'answerbox.sqlite'));
  onTestFinished(() => void database.close());
  const embedded: string[] = [];
  const { embedder } = createFakeModelHost({
    embed: async (texts) => {
      const failure = fails?.(texts) ?? null;
      if (failure) throw failure;
      embedded.push(...texts);
      return texts.map(vectorOfText);
    },
  });
  const knowledge = createSqliteKnowledgeStore(database);
  const versions = createSqliteVersionStore(database);
  const tools: IngestTools = {
    knowledge,
    versions,
    vectors: createHnswIndex({ folder: join(folder, 'vectors'), store: knowledge, embedder }),
    embedder,
    tokens: { countTokens: (text) => text.split(/\s+/).length },
    maxDocumentBytes: 1_000_000,
  };
  return {
    database,
    tools,
    embedded,
    jobs: createSqliteJobStore(database),
    sources: createSqliteSourceStore(database),
    versions,
  };
}
