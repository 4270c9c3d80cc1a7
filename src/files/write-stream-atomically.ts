import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AnswerboxError, hasCode, reasonOf } from '../errors.ts';
import { syncFolder } from './write-atomically.ts';

/**
 * As `writeAtomically`, for what does not fit into memory; readable by its owner alone. What is there under the name
 * stays until the new file is whole and on the disk.
 * @returns bytes written
 * @throws storage_full, storage_failed, and what the source throws
 */
export async function writeStreamAtomically(
  path: string,
  source: AsyncIterable<Uint8Array>,
): Promise<number> {
  const part = `${path}.${process.pid}.part`;
  let bytes = 0;
  try {
    await writing(path, () => mkdir(dirname(path), { recursive: true }));
    const handle = await writing(path, () => open(part, 'w', 0o600));
    try {
      for await (const piece of source) {
        await writing(path, () => handle.writeFile(piece));
        bytes += piece.byteLength;
      }
      await writing(path, () => handle.sync());
    } finally {
      await handle.close();
    }
    await writing(path, () => rename(part, path));
    await writing(path, () => syncFolder(dirname(path)));
    return bytes;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Only what the disk says is told as the disk's: the source has failures of its own. */
async function writing<Result>(path: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (hasCode(error, 'cancelled')) throw error;
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new AnswerboxError(
      full ? 'storage_full' : 'storage_failed',
      { path, reason: reasonOf(error) },
      error,
    );
  }
}
