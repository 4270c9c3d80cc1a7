import type { KnowledgeChange } from '../contracts.ts';
import type { DisabledStore } from '../disabled-contracts.ts';
import { guardedBy } from './guarded-by.ts';
import type { SqliteDatabase } from './open-database.ts';

export function createSqliteDisabledStore(database: SqliteDatabase): DisabledStore {
  const { guarded, write } = guardedBy(database);
  const change = (documentId: string): KnowledgeChange => {
    const generation = database
      .prepare(
        `UPDATE settings SET value = CAST(value AS INTEGER) + 1 WHERE name = 'generation' RETURNING value`,
      )
      .pluck()
      .get();
    return { documentId, generation: Number(generation), added: [], removed: [] };
  };
  const now = (): string => new Date().toISOString();

  return {
    setPassage: (chunkId, enabled) =>
      write(() => {
        const row = database
          .prepare('SELECT document_id AS documentId, content_hash AS hash FROM chunks WHERE id = ?')
          .get(chunkId) as { documentId: string; hash: string } | undefined;
        if (!row) return null;
        const { documentId, hash } = row;
        if (enabled)
          database
            .prepare('DELETE FROM disabled_passages WHERE document_id = ? AND content_hash = ?')
            .run(documentId, hash);
        else
          database
            .prepare('INSERT OR IGNORE INTO disabled_passages VALUES (?, ?, ?)')
            .run(documentId, hash, now());
        return change(documentId);
      }),
    setDocument: (documentId, enabled) =>
      write(() => {
        const known = database.prepare('SELECT 1 FROM documents WHERE id = ?').get(documentId);
        if (known === undefined) return null;
        if (enabled) database.prepare('DELETE FROM disabled_documents WHERE document_id = ?').run(documentId);
        else
          database.prepare('INSERT OR IGNORE INTO disabled_documents VALUES (?, ?)').run(documentId, now());
        return change(documentId);
      }),
    listPassages: (documentId) =>
      guarded(
        () =>
          database
            .prepare(
              `SELECT id FROM disabled_passages JOIN chunks USING (document_id, content_hash)
               WHERE document_id = ? ORDER BY id`,
            )
            .pluck()
            .all(documentId) as number[],
      ),
  };
}
