import { createHash } from 'node:crypto';
import type { VersionRecord, VersionStore } from '../sync-contracts.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';

const VERSIONS = `SELECT version, title, url, media_type AS mediaType, sha256, length(bytes) AS bytes, since AS "from", until
  FROM document_versions JOIN originals USING (sha256)`;

export function createSqliteVersionStore(database: SqliteDatabase): VersionStore {
  const guarded = <Result>(work: () => Result): Promise<Result> => {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(asStoreError(error, database.name));
    }
  };
  /** Of what the document of these bytes says; null when there is none. */
  const textHashOf = (source: string, sha256: string): string | null => {
    const row = database
      .prepare('SELECT title, text FROM documents WHERE source = ? AND sha256 = ?')
      .get(source, sha256) as { title: string; text: string } | undefined;
    return row ? hashOf(row.title, row.text) : null;
  };
  return {
    listVersions: (documentId) =>
      guarded(
        () =>
          database
            .prepare(`${VERSIONS} WHERE document_id = ? ORDER BY version DESC`)
            .all(documentId) as VersionRecord[],
      ),
    getVersion: (documentId, version) =>
      guarded(() => {
        const row = database
          .prepare(`${VERSIONS} WHERE document_id = ? AND version = ?`)
          .get(documentId, version) as VersionRecord | undefined;
        if (!row) return null;
        const original = database
          .prepare('SELECT bytes FROM originals WHERE sha256 = ?')
          .pluck()
          .get(row.sha256) as Uint8Array;
        return { ...row, original };
      }),
    holdAgainst: (source, { held, restored }) =>
      guarded(() => {
        // What stands there now may itself have been put before the source's bytes: those stay the ones held.
        database
          .prepare(
            `INSERT INTO held_sources (source, held_sha256, restored_sha256, held_text)
             VALUES (@source, @held, @restored, @text) ON CONFLICT (source) DO UPDATE SET
               held_sha256 = iif(restored_sha256 = @held, held_sha256, @held),
               held_text = iif(restored_sha256 = @held, held_text, @text), restored_sha256 = @restored`,
          )
          .run({ source, held, restored, text: textHashOf(source, held) });
      }),
    isHeldAgainst: (source, sha256) =>
      guarded(
        () =>
          database
            .prepare(
              `SELECT 1 FROM held_sources JOIN documents USING (source)
               WHERE source = ? AND held_sha256 = ? AND documents.sha256 = restored_sha256`,
            )
            .get(source, sha256) !== undefined,
      ),
    holdSameText: (source, { sha256, title, text }) =>
      guarded(
        () =>
          database
            .prepare(
              `UPDATE held_sources SET held_sha256 = @sha256 WHERE source = @source AND held_text = @text
               AND restored_sha256 = (SELECT sha256 FROM documents WHERE documents.source = @source)`,
            )
            .run({ source, sha256, text: hashOf(title, text) }).changes > 0,
      ),
  };
}

function hashOf(title: string, text: string): string {
  return createHash('sha256').update(`${title}\n${text}`).digest('hex');
}
