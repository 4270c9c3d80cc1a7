import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { inspectDatabase } from '../stores/sqlite/inspect-database.ts';
import { failed, ok, type Finding } from './doctor-types.ts';

const FIX = 'Restore the data folder from a backup, or move this file away and ingest the documents again.';

export function databasePathOf(config: Config): string {
  return join(resolve(config.data_dir), 'answerbox.sqlite');
}

export async function checkStore(config: Config): Promise<Finding> {
  const path = databasePathOf(config);
  if (!existsSync(path)) return ok('nothing is stored yet', { path });
  try {
    const { problems, sqliteVersion, synchronous } = inspectDatabase(path);
    const evidence = {
      path,
      problems: problems.length,
      sqlite: sqliteVersion,
      synchronous: synchronous === 2 ? 'FULL' : String(synchronous),
    };
    if (problems.length > 0) return failed(`${path} is damaged: ${problems[0]}`, FIX, evidence);
    return ok(`${path} is sound; commits wait for the disk`, evidence);
  } catch (error) {
    if (!(error instanceof AnswerboxError)) throw error;
    return failed(reasonOf(error), FIX, { path, code: error.code });
  }
}
