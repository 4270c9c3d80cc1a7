import type { SummaryRecord, SummaryStore } from '../summary-contracts.ts';
import { guardedBy } from './guarded-by.ts';
import type { SqliteDatabase } from './open-database.ts';
import { bytesOfVector, vectorOfBytes } from './vector-bytes.ts';

type Row = Omit<SummaryRecord, 'vector'> & { vector: Buffer };

export function createSqliteSummaryStore(database: SqliteDatabase): SummaryStore {
  const { guarded } = guardedBy(database);
  return {
    putSummary: ({ documentId, aboutAt, text, embedder, vector }) =>
      guarded(() => {
        database
          .prepare(
            `INSERT OR REPLACE INTO document_summaries
             SELECT id, updated_at, ?, ?, ? FROM documents WHERE id = ? AND updated_at = ?`,
          )
          .run(text, embedder, bytesOfVector(vector), documentId, aboutAt);
      }),
    removeSummary: (documentId) =>
      guarded(() => {
        database.prepare('DELETE FROM document_summaries WHERE document_id = ?').run(documentId);
      }),
    getSummary: (documentId) =>
      guarded(() => {
        const row = database
          .prepare(
            `SELECT document_id AS documentId, about_at AS aboutAt, text, embedder, vector
             FROM document_summaries WHERE document_id = ?`,
          )
          .get(documentId) as Row | undefined;
        return row ? { ...row, vector: vectorOfBytes(row.vector) } : null;
      }),
    listVectors: (embedder) =>
      guarded(() =>
        (
          database
            .prepare(
              `SELECT document_id AS documentId, about_at AS aboutAt, vector
               FROM document_summaries WHERE embedder = ?`,
            )
            .all(embedder) as Pick<Row, 'documentId' | 'aboutAt' | 'vector'>[]
        ).map((row) => ({ ...row, vector: vectorOfBytes(row.vector) })),
      ),
    listUnsummarised: (embedder, leastPassages) =>
      guarded(
        () =>
          database
            .prepare(
              `SELECT document_id FROM chunks GROUP BY document_id HAVING count(*) >= ?
               EXCEPT SELECT document_id FROM document_summaries JOIN documents ON documents.id = document_id
               WHERE embedder = ? AND about_at = updated_at`,
            )
            .pluck()
            .all(leastPassages, embedder) as string[],
      ),
  };
}
