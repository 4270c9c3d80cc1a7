import type { Config } from '../config.ts';
import { openSealedDatabase } from '../composition/open-sealed-database.ts';
import { openStaff, type Staff } from '../composition/open-staff.ts';

/** Short reads and writes of the database: a running server sees them at its next request. */
export async function withStaff<Result>(
  config: Config,
  work: (staff: Staff) => Promise<Result>,
): Promise<Result> {
  const { database } = openSealedDatabase(config);
  try {
    return await work(openStaff(database));
  } finally {
    database.close();
  }
}
