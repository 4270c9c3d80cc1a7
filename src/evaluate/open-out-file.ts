import { open, type FileHandle } from 'node:fs/promises';
import { AnswerboxError, reasonOf } from '../errors.ts';

/** The file that `--out` names, empty. @throws usage when it cannot be written */
export async function openOutFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w');
  } catch (error) {
    throw new AnswerboxError('usage', { reason: `${path} cannot be written: ${reasonOf(error)}.` }, error);
  }
}
