import type { PictureStore } from '../picture-contracts.ts';
import { guardedBy } from './guarded-by.ts';
import type { SqliteDatabase } from './open-database.ts';
import { bytesOfVector, vectorOfBytes } from './vector-bytes.ts';

export function createSqlitePictureStore(database: SqliteDatabase): PictureStore {
  const { guarded, write } = guardedBy(database);
  return {
    putPictures: ({ documentId, aboutAt, model, vectors }) =>
      write(() => {
        const { changes } = database
          .prepare(
            `INSERT OR REPLACE INTO pictured_documents
             SELECT id, updated_at, ? FROM documents WHERE id = ? AND updated_at = ?`,
          )
          .run(model, documentId, aboutAt);
        if (changes === 0) return;
        database.prepare('DELETE FROM picture_vectors WHERE document_id = ?').run(documentId);
        const insert = database.prepare('INSERT INTO picture_vectors VALUES (?, ?, ?)');
        vectors.forEach((vector, place) => insert.run(documentId, place, bytesOfVector(vector)));
      }),
    listPictures: (model) =>
      guarded(() =>
        (
          database
            .prepare(
              `SELECT document_id AS documentId, vector FROM picture_vectors
               JOIN pictured_documents USING (document_id) WHERE model = ?`,
            )
            .all(model) as { documentId: string; vector: Buffer }[]
        ).map(({ documentId, vector }) => ({ documentId, vector: vectorOfBytes(vector) })),
      ),
    listUnseen: (model, mediaTypes) =>
      guarded(
        () =>
          database
            .prepare(
              `SELECT id FROM documents WHERE media_type IN (SELECT value FROM json_each(?))
               EXCEPT SELECT document_id FROM pictured_documents JOIN documents ON documents.id = document_id
               WHERE model = ? AND about_at = updated_at`,
            )
            .pluck()
            .all(JSON.stringify(mediaTypes), model) as string[],
      ),
  };
}
