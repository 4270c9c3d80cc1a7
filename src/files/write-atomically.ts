import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AnswerboxError, reasonOf } from '../errors.ts';

/**
 * Writes a whole file so that a reader sees the old one or the new one, never half; on the disk when it
 * resolves. Makes the folder where there is none.
 * @throws storage_full, storage_failed; the old file is as it was then
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeThrough(part, content);
    await rename(part, path);
    await syncFolder(dirname(path));
  } catch (error) {
    // What hindered the writing may hinder this; the first failure is the one to tell.
    await rm(part, { force: true }).catch(() => undefined);
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    const code = full ? 'storage_full' : 'storage_failed';
    throw new AnswerboxError(code, { path, reason: reasonOf(error) }, error);
  }
}

async function writeThrough(path: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename is on the disk when its folder is; Windows cannot open folders and does it by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
