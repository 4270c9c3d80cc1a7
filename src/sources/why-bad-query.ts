import { createSqlRunner, SlowQuery } from './run-sql.ts';
import { SourceFault } from './source-fault.ts';
import { SQL_SETTINGS } from './sql-settings.ts';
import { identityOf } from './sql-source.ts';

/**
 * Why the query cannot be used, or null; null also when the file cannot be asked now, or not within `limitMs`: a
 * query that never ends must not keep the appliance from starting, and every answer says what it could not check.
 */
export async function whyBadQuery(
  file: string,
  query: string,
  limitMs: number = SQL_SETTINGS.checkMs,
): Promise<string | null> {
  const identity = await identityOf(file).catch(() => null);
  if (identity === null) return null;
  const runner = createSqlRunner(file, query, limitMs);
  try {
    await runner.read('', identity, new AbortController().signal);
    return null;
  } catch (error) {
    return error instanceof SourceFault && !(error instanceof SlowQuery) ? error.message : null;
  } finally {
    await runner.close();
  }
}
