import type { DocumentFilter } from '../contracts.ts';
import type { SqliteDatabase } from './open-database.ts';

/** Filters kept at once: an audience with a few categories and languages each. */
const KEPT = 32;

interface Kept {
  generation: number;
  /** The last change of validity at its instant. */
  since: string;
  ids: ReadonlySet<number>;
}

/**
 * The chunks that a filter leaves out, and those that are disabled; usually few. The same until a document changes, begins or ceases to
 * hold, so they are read once for that time and not once a question.
 */
export function createChunkFilter(database: SqliteDatabase): (filter: DocumentFilter) => ReadonlySet<number> {
  const kept = new Map<string, Kept>();
  return (filter) => {
    const { at, ...rest } = filter;
    const { categories, languages, audiences, collections } = rest;
    const key = JSON.stringify([categories, languages, audiences, collections, at === undefined]);
    const generation = generationOf(database);
    const since = at === undefined ? '' : validityChange(database, at);
    const known = kept.get(key);
    if (known?.generation === generation && known.since === since) return known.ids;
    const ids = new Set(readExcluded(database, filter));
    kept.delete(key);
    kept.set(key, { generation, since, ids });
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return ids;
  };
}

/** The last instant up to `at` at which some document began or ceased to hold; '' for none. */
export function validityChange(database: SqliteDatabase, at: string): string {
  return database
    .prepare(
      `SELECT max(coalesce(max(iif(valid_from <= @at, valid_from, '')), ''),
                  coalesce(max(iif(valid_until <= @at, valid_until, '')), '')) FROM documents`,
    )
    .pluck()
    .get({ at }) as string;
}

function generationOf(database: SqliteDatabase): number {
  return database
    .prepare(`SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'generation'`)
    .pluck()
    .get() as number;
}

function readExcluded(database: SqliteDatabase, filter: DocumentFilter): number[] {
  const { categories, languages, audiences, collections, at } = filter;
  const list = (words: readonly string[] | undefined): string | null =>
    words ? JSON.stringify(words) : null;
  return database
    .prepare(
      `SELECT chunks.id FROM documents JOIN chunks ON document_id = documents.id WHERE
         (@categories IS NOT NULL
           AND ifnull(category, '') NOT IN (SELECT value FROM json_each(@categories)))
         OR (@languages IS NOT NULL AND language IS NOT NULL
           AND language NOT IN (SELECT value FROM json_each(@languages)))
         OR (@audiences IS NOT NULL AND audience NOT IN (SELECT value FROM json_each(@audiences)))
         OR (@collections IS NOT NULL AND collection NOT IN (SELECT value FROM json_each(@collections)))
         OR (@at IS NOT NULL AND (valid_from > @at OR valid_until <= @at))
       UNION SELECT chunks.id FROM disabled_documents JOIN chunks USING (document_id)
       UNION SELECT chunks.id FROM disabled_passages JOIN chunks USING (document_id, content_hash)`,
    )
    .pluck()
    .all({
      categories: list(categories),
      languages: list(languages),
      audiences: list(audiences),
      collections: list(collections),
      at: at ?? null,
    }) as number[];
}
