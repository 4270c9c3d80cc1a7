import { throwIfCancelled } from '../errors.ts';
import type { BackupStores } from '../stores/backup-contracts.ts';
import { stageBackup, type StageOptions } from './stage-backup.ts';
import { writeBackup } from './write-backup.ts';

export interface MakeOptions extends StageOptions {
  /** The data folder. */
  folder: string;
  stores: BackupStores;
  program: string;
  /** Null: not encrypted. */
  secret: string | null;
  now?: () => Date;
}

/** The bytes of a new backup, from copies that are gone when it ends, however it ends. @throws as `stageBackup` */
export async function* makeBackup({
  folder,
  stores,
  program,
  secret,
  now = () => new Date(),
  ...options
}: MakeOptions): AsyncGenerator<Buffer> {
  const createdAt = now();
  const staged = await stageBackup(folder, stores, options);
  const { signal, onProgress } = options;
  try {
    yield* writeBackup(staged, {
      program,
      createdAt,
      secret,
      ...(signal && { signal }),
      ...(onProgress && { onProgress: (done, total) => onProgress('Writing', done, total) }),
    });
  } catch (error) {
    throwIfCancelled(signal);
    throw error;
  } finally {
    await staged.remove();
  }
}
