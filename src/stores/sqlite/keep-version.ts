import type { SqliteDatabase } from './open-database.ts';

/** Versions kept of a document; the oldest go first, but never the one that a person put there last. */
const MOST_VERSIONS = 20;

/**
 * Keeps what the document is now as a version, when the new text differs from it. The same bytes in other words were
 * read by another parser: to restore them would read them as today again.
 */
export function keepVersion(
  database: SqliteDatabase,
  documentId: string,
  { text, sha256 }: { text: string; sha256: string },
): void {
  const { changes } = database
    .prepare(
      `INSERT INTO document_versions (document_id, version, title, url, media_type, sha256, since, until)
       SELECT id, 1 + coalesce((SELECT max(version) FROM document_versions WHERE document_id = id), 0),
         title, url, media_type, sha256, updated_at, ?
       FROM documents WHERE id = ? AND text <> ? AND sha256 <> ?`,
    )
    .run(new Date().toISOString(), documentId, text, sha256);
  if (changes === 0) return;
  const dropped = database
    .prepare(
      `DELETE FROM document_versions WHERE document_id = @documentId
       AND version <= (SELECT max(version) FROM document_versions WHERE document_id = @documentId) - ${MOST_VERSIONS}
       AND sha256 NOT IN (SELECT restored_sha256 FROM held_sources JOIN documents USING (source)
         WHERE documents.id = @documentId)
       RETURNING sha256`,
    )
    .pluck()
    .all({ documentId }) as string[];
  for (const hash of dropped) dropUnusedOriginal(database, hash);
}

export function versionHashesOf(database: SqliteDatabase, documentId: string): string[] {
  return database
    .prepare('SELECT sha256 FROM document_versions WHERE document_id = ?')
    .pluck()
    .all(documentId) as string[];
}

/** The bytes of this hash go with the last document or version that has them. */
export function dropUnusedOriginal(database: SqliteDatabase, sha256: string | null): void {
  database
    .prepare(
      `DELETE FROM originals WHERE sha256 = @sha256 AND NOT EXISTS (SELECT 1 FROM documents WHERE sha256 = @sha256)
       AND NOT EXISTS (SELECT 1 FROM document_versions WHERE sha256 = @sha256)`,
    )
    .run({ sha256 });
}
