import { open, rename, rm } from 'node:fs/promises';
import { AnswerboxError, reasonOf } from '../errors.ts';

/**
 * Writes a file whole or not at all: beside it, to the disk, then in its place.
 * @throws usage when it cannot be written
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.new`;
  try {
    const file = await open(beside, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw new AnswerboxError('usage', { reason: `${path} cannot be written: ${reasonOf(error)}.` }, error);
  }
}
