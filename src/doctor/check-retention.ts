import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { messageOf } from '../privacy/retention-schedule.ts';
import { parseRetentionState, RETENTION_SETTING, type RetentionState } from '../privacy/retention-state.ts';
import { readSetting } from '../stores/sqlite/inspect-database.ts';
import { databasePathOf } from './check-store.ts';
import { ok, warning, type Finding } from './doctor-types.ts';

/** Hours without a run after which something is wrong: it is due each day and waits up to one for a quiet moment. */
const LATE_HOURS = 50;

export async function checkRetention(config: Config): Promise<Finding> {
  const path = databasePathOf(config);
  if (!existsSync(path)) return ok('nothing is stored yet', { path });
  try {
    return judgeRetention(parseRetentionState(readSetting(path, RETENTION_SETTING)), new Date());
  } catch (error) {
    if (!(error instanceof AnswerboxError)) throw error;
    return warning(
      `It cannot be read when retention last ran: ${reasonOf(error)}`,
      'See the check "store".',
      { path },
    );
  }
}

export function judgeRetention({ ran_at, waits_for }: RetentionState, now: Date): Finding {
  const evidence = { last: ran_at ?? 'never', waits_for: waits_for ?? 'nothing' };
  if (waits_for !== null)
    return warning(
      `Retention does not run: ${messageOf(waits_for)}.`,
      'Run "answerbox privacy plan" and look at what would go; with --run, and --yes where it says so, it goes.',
      evidence,
    );
  if (ran_at === null) return ok('it has not run yet: it does while the server runs', evidence);
  if (now.getTime() - Date.parse(ran_at) > LATE_HOURS * 3_600_000)
    return warning(
      `Retention last ran at ${ran_at}: what is too old since then is still there.`,
      'Start the server, which runs it by itself, or run "answerbox privacy plan --run".',
      evidence,
    );
  return ok(`what is too old was last removed at ${ran_at}`, evidence);
}
