import type { ChunkRecord } from '../contracts.ts';
import type { EmbeddingChangeStore } from '../upkeep-contracts.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';
import { bytesOfVector } from './vector-bytes.ts';

/** A passage has a vector of the embedder, among those that count or among the prepared ones. */
const HAS_ONE = `EXISTS (SELECT 1 FROM next_embeddings WHERE chunk_id = chunks.id AND embedder = @embedder)
  OR EXISTS (SELECT 1 FROM embeddings WHERE chunk_id = chunks.id AND embedder = @embedder)`;

export function createSqliteEmbeddingChangeStore(database: SqliteDatabase): EmbeddingChangeStore {
  const guarded = <Result>(work: () => Result): Promise<Result> => {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(asStoreError(error, database.name));
    }
  };
  const number = (sql: string, embedder: string): number =>
    database.prepare(sql).pluck().get({ embedder }) as number;

  return {
    storedEmbedder: () =>
      guarded(
        () =>
          (database
            .prepare('SELECT embedder FROM embeddings GROUP BY embedder ORDER BY count(*) DESC LIMIT 1')
            .pluck()
            .get() as string | undefined) ?? null,
      ),
    listUnprepared: (embedder, limit) =>
      guarded(() => ({
        chunks: database
          .prepare(
            `SELECT chunks.id, document_id AS documentId, documents.title, documents.url, documents.updated_at AS updatedAt,
               ordinal, heading_path AS headingPath, chunks.text, start, "end", tokens
             FROM chunks JOIN documents ON documents.id = chunks.document_id
             WHERE NOT (${HAS_ONE}) ORDER BY chunks.id LIMIT @limit`,
          )
          .all({ embedder, limit }) as ChunkRecord[],
        prepared: number('SELECT count(*) FROM next_embeddings WHERE embedder = @embedder', embedder),
        total: database.prepare('SELECT count(*) FROM chunks').pluck().get() as number,
      })),
    putPrepared: (rows, embedder) =>
      guarded(() =>
        database
          .transaction(() => {
            // Joined with the chunks: one that was removed meanwhile needs none.
            const put = database.prepare(
              'INSERT OR REPLACE INTO next_embeddings SELECT id, ?, ? FROM chunks WHERE id = ?',
            );
            for (const { chunkId, vector } of rows) put.run(embedder, bytesOfVector(vector), chunkId);
          })
          .immediate(),
      ),
    adoptPrepared: (embedder) =>
      database
        .transaction(() => {
          if (number(`SELECT count(*) FROM chunks WHERE NOT (${HAS_ONE})`, embedder) > 0) return false;
          database
            .prepare(
              `INSERT OR REPLACE INTO embeddings SELECT chunk_id, embedder, vector FROM next_embeddings WHERE embedder = ?`,
            )
            .run(embedder);
          database.prepare('DELETE FROM next_embeddings').run();
          database
            .prepare(`UPDATE settings SET value = CAST(value AS INTEGER) + 1 WHERE name = 'generation'`)
            .run();
          return true;
        })
        .immediate(),
  };
}
