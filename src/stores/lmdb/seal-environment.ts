import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const SEAL_FILE = 'closed.sha256';

export const DATA_FILE = 'data.mdb';

/**
 * Writes the checksum of a closed environment beside it: while it fits, the file need not be looked through.
 * Half a seal is none, and so is one that found no room on the disk.
 */
export async function sealEnvironment(path: string): Promise<void> {
  const temporary = join(path, `${SEAL_FILE}.tmp`);
  try {
    await writeFile(temporary, await hashFile(join(path, DATA_FILE)), { flush: true });
    await rename(temporary, join(path, SEAL_FILE));
  } catch {
    await rm(temporary, { force: true });
  }
}

/**
 * Takes the seal off before the first write. `whole` when the file is the one that was closed, `changed` when it
 * is not, `unsealed` when the process before ended without closing it.
 */
export async function breakSeal(path: string): Promise<'whole' | 'changed' | 'unsealed'> {
  const [seal, data] = [join(path, SEAL_FILE), join(path, DATA_FILE)];
  if (!existsSync(seal)) return 'unsealed';
  const expected = await readFile(seal, 'utf8');
  const found = existsSync(data) ? await hashFile(data) : null;
  await rm(seal);
  // A seal that came back after a power cut would call a sound file changed.
  await syncFolder(path);
  if (found === null || !/^[0-9a-f]{64}$/.test(expected)) return 'unsealed';
  return expected === found ? 'whole' : 'changed';
}

export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
