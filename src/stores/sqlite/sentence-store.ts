import type { SentenceStore } from '../sentence-contracts.ts';
import { packVectors, unpackVectors } from './eight-bit-vectors.ts';
import { guardedBy } from './guarded-by.ts';
import type { SqliteDatabase } from './open-database.ts';

export function createSqliteSentenceStore(database: SqliteDatabase): SentenceStore {
  const { guarded, write } = guardedBy(database);
  return {
    get: (chunkIds, embedder) =>
      guarded(() =>
        (
          database
            .prepare(
              `SELECT chunk_id AS chunkId, vectors FROM sentence_embeddings
               WHERE embedder = ? AND chunk_id IN (SELECT value FROM json_each(?))`,
            )
            .all(embedder, JSON.stringify(chunkIds)) as { chunkId: number; vectors: Buffer }[]
        ).map(({ chunkId, vectors }) => ({ chunkId, vectors: unpackVectors(vectors) })),
      ),
    put: (rows, embedder) =>
      write(() => {
        // Joined with the chunks: one that was removed meanwhile needs none.
        const put = database.prepare(
          'INSERT OR REPLACE INTO sentence_embeddings SELECT id, ?, ? FROM chunks WHERE id = ?',
        );
        for (const { chunkId, vectors } of rows) put.run(embedder, packVectors(vectors), chunkId);
      }),
    listMissing: (embedder, { after, limit }) =>
      guarded(
        () =>
          database
            .prepare(
              `SELECT id FROM chunks WHERE id > ? AND NOT EXISTS
                 (SELECT 1 FROM sentence_embeddings WHERE chunk_id = chunks.id AND embedder = ?)
               ORDER BY id LIMIT ?`,
            )
            .pluck()
            .all(after, embedder, limit) as number[],
      ),
  };
}
