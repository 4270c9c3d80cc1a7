import Database from 'better-sqlite3';
import { asStoreError, prepareConnection } from './open-database.ts';

export interface DatabaseInspection {
  /** What SQLite found wrong, in its words; empty when the file is sound. */
  problems: string[];
  sqliteVersion: string;
  /** 2 is FULL: a commit is on the disk before it is acknowledged. */
  synchronous: number;
}

export interface DatabaseFacts {
  generation: number;
  chunks: number;
  /** Chunks whose vector this embedder did not make. */
  staleChunks: number;
  /** ISO 8601, UTC, of the newest row; null when there is none. */
  newestAt: string | null;
}

/** Reads every page. Neither makes a file nor changes its schema. @throws store_damaged, storage_failed */
export function inspectDatabase(path: string): DatabaseInspection {
  return onDatabase(path, (database) => {
    prepareConnection(database, path);
    const rows = database.pragma('quick_check(10)') as { quick_check: string }[];
    const problems = rows.map((row) => row.quick_check).filter((text) => text !== 'ok');
    for (const row of database.pragma('foreign_key_check') as { table: string; parent: string }[]) {
      problems.push(`a row of ${row.table} refers to nothing in ${row.parent}`);
    }
    return {
      problems: problems.length > 0 ? problems : keywordProblems(database),
      sqliteVersion: database.prepare('SELECT sqlite_version()').pluck().get() as string,
      synchronous: database.pragma('synchronous', { simple: true }) as number,
    };
  });
}

/** @throws store_damaged, storage_failed */
export function readDatabaseFacts(path: string, embedder: string): DatabaseFacts {
  return onDatabase(path, (database) => {
    const one = <Value>(sql: string, ...parameters: string[]): Value =>
      database
        .prepare(sql)
        .pluck()
        .get(...parameters) as Value;
    return {
      generation: one<number>(`SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'generation'`),
      chunks: one<number>('SELECT count(*) FROM chunks'),
      staleChunks: one<number>('SELECT count(*) FROM embeddings WHERE embedder <> ?', embedder),
      newestAt: one<string | null>(
        `SELECT max(at) FROM (SELECT max(updated_at) AS at FROM documents UNION SELECT max(created_at) FROM messages
         UNION SELECT max(created_at) FROM conversations UNION SELECT max(created_at) FROM jobs)`,
      ),
    };
  });
}

/** Null when it was never set. @throws store_damaged, storage_failed */
export function readSetting(path: string, name: string): string | null {
  return onDatabase(path, (database) => {
    const value = database.prepare('SELECT value FROM settings WHERE name = ?').pluck().get(name);
    return typeof value === 'string' ? value : null;
  });
}

/** Compares the keyword index with the chunks themselves (rank 1); it says so by an error. */
function keywordProblems(database: Database.Database): string[] {
  try {
    database.exec(`INSERT INTO chunk_words(chunk_words, rank) VALUES ('integrity-check', 1)`);
    return [];
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code?.startsWith('SQLITE_CORRUPT')) return [`the keyword index differs from the chunks (${message})`];
    throw error;
  }
}

function onDatabase<Result>(path: string, work: (database: Database.Database) => Result): Result {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { fileMustExist: true, timeout: 5_000 });
    return work(database);
  } catch (error) {
    throw asStoreError(error, path);
  } finally {
    database?.close();
  }
}

/** What is stored that makes the server connect to other machines. @throws store_damaged, storage_failed */
export function countOutbound(path: string): { webhooks: number; sites: number } {
  return onDatabase(path, (database) => {
    const count = (sql: string): number => database.prepare(sql).pluck().get() as number;
    return {
      webhooks: count('SELECT count(*) FROM webhooks WHERE disabled = 0'),
      sites: count(`SELECT count(*) FROM knowledge_sources WHERE kind = 'site'`),
    };
  });
}
