import { mkdir, rm, rmdir } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { BackupSummary } from './backup-format.ts';
import { extractBackup, type ExtractOptions } from './extract-backup.ts';
import { WORK_FOLDER } from './part-path.ts';

/**
 * Reads everything back and opens the stores, under the data folder: that disk has the room (a folder for temporary
 * files may be small, or in memory), only this user can read it, and whoever next holds the folder removes what a
 * killed one left there.
 * @param dataFolder made for the while when there is none
 * @throws as `extractBackup`; storage_full before anything is unpacked when it would not fit
 */
export async function verifyBackup(
  path: string,
  dataFolder: string,
  options: ExtractOptions,
): Promise<BackupSummary> {
  const data = resolve(dataFolder);
  const made = await mkdir(data, { recursive: true });
  const folder = join(data, WORK_FOLDER, `verify-${randomUUID()}`);
  try {
    return await extractBackup(path, folder, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
    if (made !== undefined) await removeIfEmpty([join(data, WORK_FOLDER), data]);
  }
}

/** What this command made; a server that began here meanwhile keeps what it has. */
async function removeIfEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rmdir(folder).catch(() => undefined);
}
