import { constants } from 'node:fs';
import { copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { throwIfCancelled } from '../errors.ts';
import type { BackupStores } from '../stores/backup-contracts.ts';
import type { BackupManifest, BackupPart } from './backup-format.ts';
import { hashFile } from './hash-file.ts';
import { listDataFiles } from './list-data-files.ts';
import { needRoom } from './need-room.ts';
import { WORK_FOLDER } from './part-path.ts';

export interface StagedBackup {
  manifest: BackupManifest;
  /** Where the bytes of a part lie until `remove`. */
  pathOf(part: BackupPart): string;
  remove(): Promise<void>;
}

export interface StageOptions {
  /** Files of the data folder that are not taken, and named in the manifest. */
  leaveOut?: readonly string[];
  signal?: AbortSignal;
  onProgress?: (step: string, done: number, total: number) => void;
}

const DATABASE = 'answerbox.sqlite';
const PERSONAL = 'memory/personal';

/**
 * Copies everything into a folder of its own, so that what is hashed is what is written. Memory comes first: a
 * session may then know less than the database, never of a conversation that the database has not.
 * @throws storage_full before it begins when the database would not fit beside itself, storage_*, store_damaged
 */
export async function stageBackup(
  folder: string,
  stores: BackupStores,
  { signal, leaveOut = [], onProgress = () => undefined }: StageOptions = {},
): Promise<StagedBackup> {
  const work = join(folder, WORK_FOLDER, randomUUID());
  const remove = (): Promise<void> => rm(work, { recursive: true, force: true });
  try {
    const database = await stat(join(folder, DATABASE)).catch(() => ({ size: 0 }));
    await needRoom(folder, database.size);
    await mkdir(work, { recursive: true, mode: 0o700 });
    await stores.copyMemory(join(work, PERSONAL));
    const { schema, rows } = await stores.copyDatabase(join(work, DATABASE), {
      ...(signal && { signal }),
      onProgress: (done, total) => onProgress('Copying the database', done, total),
    });
    const files = await listDataFiles(folder, { leaveOut, ...(signal && { signal }) });
    const copied = await copyFiles(folder, work, files.paths, signal);
    const parts: BackupPart[] = [];
    const named = [
      { path: DATABASE, kind: 'database' as const },
      { path: `${PERSONAL}/data.mdb`, kind: 'memory' as const },
      ...copied.map((path) => ({ path, kind: 'file' as const })),
    ];
    for (const [index, { path, kind }] of named.entries()) {
      throwIfCancelled(signal);
      onProgress('Hashing', index, named.length);
      const { size } = await stat(join(work, path));
      parts.push({ path, kind, bytes: size, sha256: await hashFile(join(work, path), signal) });
    }
    return {
      manifest: { schema, rows, parts, left_out: files.leftOut },
      pathOf: ({ path }) => join(work, path),
      remove,
    };
  } catch (error) {
    await remove();
    throwIfCancelled(signal);
    throw error;
  }
}

/** Copies of a backup that was killed, with all that was in the stores then. Only for whoever holds the folder. */
export async function removeUnfinished(folder: string): Promise<void> {
  await rm(join(folder, WORK_FOLDER), { recursive: true, force: true });
}

/** Files that are gone by the time they are copied were taken away by the owner. */
async function copyFiles(
  folder: string,
  work: string,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const copied: string[] = [];
  for (const path of paths) {
    throwIfCancelled(signal);
    await mkdir(dirname(join(work, path)), { recursive: true });
    try {
      await copyFile(join(folder, path), join(work, path), constants.COPYFILE_FICLONE);
      copied.push(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return copied;
}
