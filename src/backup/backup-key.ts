import { readFile } from 'node:fs/promises';
import { AnswerboxError, reasonOf } from '../errors.ts';

/** Characters of a key at least: 20 random ones of base64 are 120 bits. */
const LEAST_CHARACTERS = 20;

/**
 * The secret that backups are encrypted with; null when none is set up. From a file, never from the command line,
 * which every user of the machine can read. @throws backup_key_invalid
 */
export async function readBackupKey(path: string): Promise<string | null> {
  if (path === '') return null;
  const fail = (reason: string, cause?: unknown): AnswerboxError =>
    new AnswerboxError('backup_key_invalid', { path, reason }, cause);
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw fail(reasonOf(error), error);
  }
  if (text.length < LEAST_CHARACTERS)
    throw fail(`it has ${text.length} characters and needs ${LEAST_CHARACTERS} or more`);
  return text;
}
