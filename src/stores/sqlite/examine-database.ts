import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { throwIfCancelled } from '../../errors.ts';
import type { DatabaseExamination } from '../backup-contracts.ts';

/**
 * Reads every page, every reference and every row of a database that nobody has open, and makes one file of it
 * (no log beside it). In a process of its own: a gigabyte takes seconds, which no question should wait for. A text,
 * because it must start alike from source and from the built files.
 */
const EXAMINE = `
  const [library, path] = process.argv.slice(1);
  const Database = require(library);
  const found = { problems: [], schema: 0, rows: {} };
  try {
    const database = new Database(path, { fileMustExist: true });
    const all = (sql) => database.prepare(sql).all();
    database.pragma('journal_mode = DELETE');
    for (const row of all('PRAGMA integrity_check(10)'))
      if (row.integrity_check !== 'ok') found.problems.push(row.integrity_check);
    if (found.problems.length === 0)
      for (const row of all('PRAGMA foreign_key_check'))
        found.problems.push('a row of ' + row.table + ' refers to nothing in ' + row.parent);
    found.schema = database.pragma('user_version', { simple: true });
    for (const { name } of all("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"))
      if (!name.startsWith('sqlite_'))
        found.rows[name] = database.prepare('SELECT count(*) FROM "' + name + '"').pluck().get();
    database.close();
  } catch (error) {
    found.problems.push(error.message);
  }
  process.stdout.write(JSON.stringify(found));
`;

/** Milliseconds; some 50 GB on a slow disk. */
const LIMIT = 3_600_000;

/** What a look through the whole file finds. @throws cancelled */
export function examineDatabase(path: string, signal?: AbortSignal): Promise<DatabaseExamination> {
  const library = createRequire(import.meta.url).resolve('better-sqlite3');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['-e', EXAMINE, library, path],
      { timeout: LIMIT, killSignal: 'SIGKILL', maxBuffer: 16_000_000, ...(signal && { signal }) },
      (error, output) => {
        try {
          throwIfCancelled(signal);
          if (error)
            return resolve({ problems: [`reading it ended: ${error.message}`], schema: 0, rows: {} });
          resolve(JSON.parse(output) as DatabaseExamination);
        } catch (failure) {
          reject(failure);
        }
      },
    );
  });
}
