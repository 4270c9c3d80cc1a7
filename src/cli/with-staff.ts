import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { openStaff, type Staff } from '../composition/open-staff.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';

/** Short reads and writes of the database: a running server sees them at its next request. */
export async function withStaff<Result>(
  config: Config,
  work: (staff: Staff) => Promise<Result>,
): Promise<Result> {
  const database = openDatabase(resolve(config.data_dir, 'answerbox.sqlite'));
  try {
    return await work(openStaff(database));
  } finally {
    database.close();
  }
}
