import type { Config } from '../config.ts';
import type { OlderBackup } from '../stores/backup-contracts.ts';
import { listBackups, type KeptBackup } from './backup-schedule.ts';
import { backupFolderOf } from './backup-state.ts';

export type RotationConfig = Pick<Config, 'data_dir' | 'backup_dir' | 'backup_every_hours' | 'backup_keep'>;

const HOUR_MS = 3_600_000;

/** Backups by schedule that are there, oldest first, each with the day of its end. */
export async function olderBackups(config: RotationConfig): Promise<OlderBackup[]> {
  const kept = await listBackups(backupFolderOf(config));
  return kept.map((backup, place) => ({
    name: backup.name,
    made_at: backup.at,
    goes_at: endOf(kept, place, config),
  }));
}

/** The oldest goes when one more than `keep` was made. */
function endOf(
  kept: readonly KeptBackup[],
  place: number,
  { backup_every_hours: hours, backup_keep: keep }: RotationConfig,
): string | null {
  const newest = kept.at(-1);
  if (hours === 0 || newest === undefined) return null;
  const further = Math.max(1, keep - kept.length + place + 1);
  return new Date(Date.parse(newest.at) + further * hours * HOUR_MS).toISOString();
}
