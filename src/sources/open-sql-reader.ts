import Database from 'better-sqlite3';
import { SourceFault } from './source-fault.ts';

export interface SqlReader {
  /** Device and number of the file that was opened. */
  readonly identity: string;
  /** The first row. @throws what SQLite throws */
  get(key: string): Record<string, unknown> | undefined;
  close(): void;
}

/**
 * Opens the file for reading alone and checks the query. No read transaction is left open between reads,
 * so the other program's log can be checkpointed.
 * @throws SourceFault when the query is not one read-only SELECT with @key; what SQLite throws otherwise
 */
export function openSqlReader(file: string, query: string, identity: string): SqlReader {
  // A timeout of 0: the one who asks waits for a lock, and may leave.
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: 0 });
  try {
    database.pragma('query_only = ON');
    database.pragma('trusted_schema = OFF');
    const statement = prepareQuery(database, query);
    return {
      identity,
      get: (key) => statement.get({ key }) as Record<string, unknown> | undefined,
      close: () => void database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepareQuery(database: Database.Database, query: string): Database.Statement {
  // SQLite calls some PRAGMA and ATTACH statements read-only too.
  if (!/^\s*(?:SELECT|WITH)\b/i.test(query)) throw new SourceFault('its query does not begin with SELECT');
  const statement = prepare(database, query);
  if (!statement.reader || !statement.readonly) throw new SourceFault('its query does more than read');
  const missing = whyUnbound(statement, {});
  if (missing === null) throw new SourceFault('its query does not use the parameter @key');
  const other = whyUnbound(statement, { key: '' });
  if (other !== null) throw new SourceFault(`its query has another parameter than @key: ${other}`);
  return statement;
}

function prepare(database: Database.Database, query: string): Database.Statement {
  try {
    return database.prepare(query);
  } catch (error) {
    throw isWrongQuery(error) ? cannotRun(error) : error;
  }
}

/** Why the statement cannot be run with these parameters alone, or null. @throws SourceFault */
function whyUnbound(statement: Database.Statement, parameters: Record<string, string>): string | null {
  try {
    statement.get(parameters);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw isWrongQuery(error) ? cannotRun(error) : error;
  }
}

/** Wrong in itself, as opposed to a file that is locked or damaged. */
function isWrongQuery(error: unknown): error is Error {
  if (error instanceof RangeError) return true;
  return error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR';
}

function cannotRun(cause: Error): SourceFault {
  return new SourceFault(`its query cannot be run: ${cause.message}`, { cause });
}
