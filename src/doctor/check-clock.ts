import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { AnswerboxError } from '../errors.ts';
import { readDatabaseFacts } from '../stores/sqlite/inspect-database.ts';
import { databasePathOf } from './check-store.ts';
import { failed, ok, warning, type Finding } from './doctor-types.ts';

/** This version is of 2026: no clock that goes right is before. */
const LEAST_YEAR = 2026;
/** Milliseconds that clocks may be set back by without a word. */
const TOLERANCE_MS = 120_000;

export async function checkClock(config: Config): Promise<Finding> {
  return judgeClock(new Date(), newestRow(config));
}

function newestRow(config: Config): string | null {
  const path = databasePathOf(config);
  if (!existsSync(path)) return null;
  try {
    return readDatabaseFacts(path, '').newestAt;
  } catch (error) {
    // A damaged store is told of by its own check.
    if (error instanceof AnswerboxError) return null;
    throw error;
  }
}

export function judgeClock(now: Date, newest: string | null): Finding {
  const evidence = { now: now.toISOString(), newest_row: newest ?? 'none' };
  const fix = 'Set the clock of this machine (timedatectl), then run this again.';
  if (now.getUTCFullYear() < LEAST_YEAR)
    return failed(`The clock says ${evidence.now}, which is before this version was made.`, fix, evidence);
  if (newest !== null && Date.parse(newest) - now.getTime() > TOLERANCE_MS) {
    return warning(`The clock says ${evidence.now}, but something was stored at ${newest}.`, fix, evidence);
  }
  return ok(evidence.now, evidence);
}
