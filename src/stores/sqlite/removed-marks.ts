import type { GivenScope } from '../../ingest/ingest-types.ts';
import type { Predecessor } from '../contracts.ts';
import type { SqliteDatabase } from './open-database.ts';

/**
 * What people said of documents of sites and folders that are gone from there: no text of theirs. They come back, or
 * under another name, and must not be public then. passages: a JSON list of [content hash, disabled at].
 */
export const REMOVED_MARKS_TABLE = `
  CREATE TABLE removed_marks (
    document_id TEXT PRIMARY KEY, collection TEXT NOT NULL, sha256 TEXT NOT NULL,
    given_scope TEXT NOT NULL, disabled_at TEXT, passages TEXT NOT NULL, removed_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX removed_marks_sha256 ON removed_marks(collection, sha256);`;

/** Before the document is removed. One that nothing was said of leaves nothing. */
export function keepMarks(database: SqliteDatabase, documentId: string): void {
  database
    .prepare(
      `INSERT OR REPLACE INTO removed_marks
       SELECT * FROM (
         SELECT id, collection, sha256, given_scope AS scope,
           (SELECT disabled_at FROM disabled_documents WHERE document_id = id) AS disabled,
           (SELECT json_group_array(json_array(content_hash, disabled_at)) FROM disabled_passages
            WHERE document_id = id) AS passages, @now
         FROM documents WHERE id = @documentId AND collection LIKE 'source:%')
       WHERE scope <> '{}' OR disabled IS NOT NULL OR passages <> '[]'`,
    )
    .run({ documentId, now: new Date().toISOString() });
}

/** Its own marks before those of another document of these bytes, of which the one removed last counts. */
export function findMarks(
  database: SqliteDatabase,
  { documentId, collection, sha256 }: { documentId: string; collection: string; sha256: string },
): Predecessor | null {
  const row = database
    .prepare(
      `SELECT document_id AS documentId, given_scope AS scope FROM removed_marks
       WHERE collection = @collection AND (document_id = @documentId OR sha256 = @sha256)
       ORDER BY document_id = @documentId DESC, removed_at DESC LIMIT 1`,
    )
    .get({ documentId, collection, sha256 }) as { documentId: string; scope: string } | undefined;
  return row ? { documentId: row.documentId, givenScope: JSON.parse(row.scope) as GivenScope } : null;
}

/** After a new document is stored: it is disabled as the one it stands for, which may still be there. */
export function takeMarks(database: SqliteDatabase, documentId: string, from: string): void {
  const both = { documentId, from };
  database
    .prepare(
      `INSERT OR IGNORE INTO disabled_documents
       SELECT @documentId, disabled_at FROM disabled_documents WHERE document_id = @from
       UNION SELECT @documentId, disabled_at FROM removed_marks
       WHERE document_id = @from AND disabled_at IS NOT NULL`,
    )
    .run(both);
  database
    .prepare(
      `INSERT OR IGNORE INTO disabled_passages
       SELECT @documentId, content_hash, disabled_at FROM disabled_passages WHERE document_id = @from
       UNION SELECT @documentId, value ->> 0, value ->> 1 FROM removed_marks, json_each(passages)
       WHERE document_id = @from`,
    )
    .run(both);
  database.prepare('DELETE FROM removed_marks WHERE document_id IN (@documentId, @from)').run(both);
}
