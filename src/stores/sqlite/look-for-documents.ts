import type { DocumentFacets, DocumentSearch } from '../contracts.ts';
import type { SqliteDatabase } from './open-database.ts';

const STATES: Readonly<Record<NonNullable<DocumentSearch['state']>, string>> = {
  valid: '(valid_from IS NULL OR valid_from <= ?) AND (valid_until IS NULL OR valid_until > ?)',
  upcoming: 'valid_from > ?',
  expired: 'valid_until <= ?',
  problems: "problems <> ''",
  disabled: `(EXISTS (SELECT 1 FROM disabled_documents WHERE document_id = documents.id)
    OR EXISTS (SELECT 1 FROM disabled_passages JOIN chunks USING (document_id, content_hash)
               WHERE document_id = documents.id))`,
  edited: `${ownText()} = 'edited'`,
  overtaken: `${ownText()} = 'overtaken'`,
};

/** What `DocumentRecord.ownText` says, or NULL, as SQL over a row of `documents`. */
export function ownText(): string {
  return `(SELECT CASE WHEN restored_sha256 = documents.sha256 AND held_sha256 <> restored_sha256 THEN 'edited'
      WHEN restored_sha256 <> documents.sha256 AND EXISTS (SELECT 1 FROM document_versions
        WHERE document_id = documents.id AND sha256 = restored_sha256) THEN 'overtaken' END
    FROM held_sources WHERE held_sources.source = documents.source)`;
}

/** A condition over `documents`, and what its question marks stand for. */
export function documentCondition(search: DocumentSearch | undefined): { sql: string; values: string[] } {
  const parts: string[] = [];
  const values: string[] = [];
  const add = (sql: string, ...given: string[]): void => {
    parts.push(sql);
    values.push(...given);
  };
  if (search?.words !== undefined) {
    const like = `%${search.words.replace(/[\\%_]/g, '\\$&')}%`;
    add(`(title LIKE ? ESCAPE '\\' OR source LIKE ? ESCAPE '\\')`, like, like);
  }
  for (const column of ['category', 'language', 'audience', 'collection'] as const) {
    const value = search?.[column];
    if (value !== undefined) add(`coalesce(${column}, '') = ?`, value);
  }
  if (search?.mediaType !== undefined) add('media_type = ?', search.mediaType);
  if (search?.ids !== undefined)
    add('documents.id IN (SELECT value FROM json_each(?))', JSON.stringify(search.ids));
  if (search?.state !== undefined) {
    const sql = STATES[search.state];
    add(sql, ...[...sql.matchAll(/\?/g)].map(() => search.at));
  }
  return { sql: parts.join(' AND ') || 'true', values };
}

export function countDocuments(database: SqliteDatabase, search: DocumentSearch): number {
  const { sql, values } = documentCondition(search);
  return database
    .prepare(`SELECT count(*) FROM documents WHERE ${sql}`)
    .pluck()
    .get(...values) as number;
}

export function documentFacets(database: SqliteDatabase): DocumentFacets {
  const count = (column: string): Record<string, number> =>
    Object.fromEntries(
      database
        .prepare(`SELECT coalesce(${column}, ''), count(*) FROM documents GROUP BY 1 ORDER BY 1`)
        .raw()
        .all() as [string, number][],
    );
  return {
    categories: count('category'),
    languages: count('language'),
    audiences: count('audience'),
    collections: count('collection'),
  };
}
