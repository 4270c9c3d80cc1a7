import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { PageRecord, SiteSettings, SourceRecord, SourceStore } from '../sync-contracts.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';

type SourceRow = Omit<SourceRecord, 'settings'> & { settings: string };

const SOURCES = `SELECT id, kind, address, settings, every_hours AS everyHours,
  (SELECT count(*) FROM documents WHERE collection = 'source:' || knowledge_sources.id) AS documents,
  (SELECT count(*) FROM job_left_out WHERE job_id = last_job_id) AS leftOut,
  created_at AS createdAt, last_job_id AS lastJobId, started_at AS startedAt, finished_at AS finishedAt,
  next_at AS nextAt FROM knowledge_sources`;

export function createSqliteSourceStore(database: SqliteDatabase): SourceStore {
  const guarded = <Result>(work: () => Result): Promise<Result> => {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(asStoreError(error, database.name));
    }
  };
  const find = (id: string): SourceRecord | null => {
    const row = database.prepare(`${SOURCES} WHERE id = ?`).get(id) as SourceRow | undefined;
    return row ? recordOf(row) : null;
  };
  const run = (sql: string, ...parameters: unknown[]): Promise<boolean> =>
    guarded(() => database.prepare(sql).run(...parameters).changes > 0);
  const now = (): string => new Date().toISOString();
  /** A server that is asked by its stamps would say that nothing changed. */
  const forgetStamps = (id: string, { scope = {} }: SiteSettings): void => {
    const known = find(id)?.settings.scope ?? {};
    if (isDeepStrictEqual({ ...known }, { ...scope })) return;
    database.prepare('UPDATE source_pages SET etag = NULL, last_modified = NULL WHERE source_id = ?').run(id);
  };

  return {
    putSource: ({ kind, address, settings, everyHours }) =>
      guarded(() => {
        const id = createHash('sha256').update(`${kind} ${address}`).digest('hex').slice(0, 16);
        forgetStamps(id, settings);
        database
          .prepare(
            `INSERT INTO knowledge_sources (id, kind, address, settings, every_hours, created_at)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, every_hours = excluded.every_hours,
               next_at = CASE WHEN excluded.every_hours IS NULL THEN NULL ELSE next_at END`,
          )
          .run(id, kind, address, JSON.stringify(settings), everyHours, now());
        return find(id)!;
      }),
    getSource: (id) => guarded(() => find(id)),
    listSources: () =>
      guarded(() =>
        (database.prepare(`${SOURCES} ORDER BY kind, address`).all() as SourceRow[]).map(recordOf),
      ),
    listDue: (at) =>
      guarded(() =>
        (database.prepare(`${SOURCES} WHERE next_at <= ? ORDER BY next_at`).all(at) as SourceRow[]).map(
          recordOf,
        ),
      ),
    removeSource: async (id) => {
      await run('DELETE FROM removed_marks WHERE collection = ?', `source:${id}`);
      return run('DELETE FROM knowledge_sources WHERE id = ?', id);
    },
    setSettings: (id, settings) =>
      guarded(() => {
        forgetStamps(id, settings);
        return (
          database
            .prepare('UPDATE knowledge_sources SET settings = ? WHERE id = ?')
            .run(JSON.stringify(settings), id).changes > 0
        );
      }),
    setInterval: (id, everyHours) =>
      guarded(() => {
        const source = find(id);
        if (!source) return false;
        const since = source.finishedAt ?? source.createdAt;
        const next = everyHours === null ? null : hoursAfter(since, everyHours);
        database
          .prepare('UPDATE knowledge_sources SET every_hours = ?, next_at = ? WHERE id = ?')
          .run(everyHours, next, id);
        return true;
      }),
    // Nothing is due while a visit goes on.
    beginVisit: async (id, jobId) => {
      await run(
        'UPDATE knowledge_sources SET last_job_id = ?, started_at = ?, next_at = NULL WHERE id = ?',
        jobId,
        now(),
        id,
      );
    },
    endVisit: (id) =>
      guarded(() => {
        const at = now();
        const everyHours = find(id)?.everyHours ?? null;
        const next = everyHours === null ? null : hoursAfter(at, everyHours);
        database
          .prepare('UPDATE knowledge_sources SET finished_at = ?, next_at = ? WHERE id = ?')
          .run(at, next, id);
      }),
    getPage: (sourceId, url) =>
      guarded(() => {
        const row = database
          .prepare(
            `SELECT url, document_source AS documentSource, etag, last_modified AS lastModified, links,
               fetched_at AS fetchedAt FROM source_pages WHERE source_id = ? AND url = ?`,
          )
          .get(sourceId, url) as (Omit<PageRecord, 'links'> & { links: string }) | undefined;
        return row ? { ...row, links: JSON.parse(row.links) as string[] } : null;
      }),
    putPage: async (sourceId, { url, documentSource, etag, lastModified, links }) => {
      await run(
        'INSERT OR REPLACE INTO source_pages VALUES (?, ?, ?, ?, ?, ?, ?)',
        sourceId,
        url,
        documentSource,
        etag,
        lastModified,
        JSON.stringify(links),
        now(),
      );
    },
    removePage: async (sourceId, url) => {
      await run('DELETE FROM source_pages WHERE source_id = ? AND url = ?', sourceId, url);
    },
    listPageUrls: (sourceId) =>
      guarded(
        () =>
          database
            .prepare('SELECT url FROM source_pages WHERE source_id = ? ORDER BY url')
            .pluck()
            .all(sourceId) as string[],
      ),
  };
}

function recordOf({ settings, ...row }: SourceRow): SourceRecord {
  return { ...row, settings: JSON.parse(settings) as SiteSettings };
}

function hoursAfter(time: string, hours: number): string {
  return new Date(Date.parse(time) + hours * 3_600_000).toISOString();
}
