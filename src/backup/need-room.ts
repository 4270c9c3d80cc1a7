import { statfs } from 'node:fs/promises';
import { AnswerboxError } from '../errors.ts';

/** Free bytes asked for above what is written: folders, and what else is written meanwhile. */
const SPARE = 1.05;

/** @param bytes that are about to be written. @throws storage_full when the disk of this folder has no room for them */
export async function needRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes * SPARE) throw new AnswerboxError('storage_full', { path: folder });
}
