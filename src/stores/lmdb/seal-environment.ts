import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const SEAL_FILE = 'closed.sha256';

export const DATA_FILE = 'data.mdb';

/** Writes the checksum of a closed environment beside it: while it fits, the file need not be looked through. */
export async function sealEnvironment(path: string): Promise<void> {
  await writeFile(join(path, SEAL_FILE), await hashFile(join(path, DATA_FILE)));
}

/**
 * Takes the seal off before the first write. `whole` when the file is the one that was closed, `changed` when it
 * is not, `unsealed` when the process before ended without closing it.
 */
export async function breakSeal(path: string): Promise<'whole' | 'changed' | 'unsealed'> {
  const seal = join(path, SEAL_FILE);
  if (!existsSync(seal)) return 'unsealed';
  const expected = await readFile(seal, 'utf8');
  const found = await hashFile(join(path, DATA_FILE));
  await rm(seal);
  // A seal that came back after a power cut would call a sound file changed.
  await syncFolder(path);
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
