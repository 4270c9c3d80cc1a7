import { resolve } from 'node:path';
import { readBackupState, type BackupState } from '../backup/backup-state.ts';
import { hasData } from '../composition/open-backups.ts';
import type { Config } from '../config.ts';
import { ok, warning, type Finding } from './doctor-types.ts';

export async function checkBackups(config: Config): Promise<Finding> {
  if (!hasData(config.data_dir)) return ok('nothing is stored yet', { folder: resolve(config.data_dir) });
  return judgeBackups(await readBackupState(config, new Date()), config.backup_every_hours);
}

export function judgeBackups({ last_at, verified_at, overdue }: BackupState, everyHours: number): Finding {
  const evidence = {
    last: last_at ?? 'never',
    verified: verified_at ?? 'never',
    every_hours: everyHours,
  };
  if (overdue) {
    const when = last_at === null ? 'No backup was ever made' : `The last backup is of ${last_at}`;
    return warning(
      `${when}, though one is due every ${everyHours} hours.`,
      'Look into the log for why it failed (room, rights, a damaged database), and whether the server runs.',
      evidence,
    );
  }
  if (verified_at === null) {
    const what = last_at === null ? 'No backup was ever made.' : 'No backup was ever read back.';
    const how =
      last_at === null
        ? 'Run "answerbox backup FILE", or set ANSWERBOX_BACKUP_EVERY_HOURS.'
        : 'Run "answerbox backup verify FILE".';
    return warning(what, how, evidence);
  }
  return ok(`the last is of ${last_at ?? 'an unknown time'}, read back whole at ${verified_at}`, evidence);
}
