import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import type { KeyRing } from './field-cipher.ts';

/** In the data folder; made at the first start, and read by its owner alone. */
export const OWN_KEY_FILE = 'secrets.key';

const KEY_BYTES = 32;
const HOW = 'openssl rand -base64 32 makes one';

export type KeyConfig = Pick<Config, 'data_dir' | 'encryption_key' | 'encryption_key_file'>;

/**
 * The keys in force: the owner's, from the environment and the key file in this order, then the one that this program
 * made beside the data, which still opens what was sealed before there was another.
 * @param make whether to make that one where there is none at all
 * @throws encryption_key_invalid
 */
export function readKeys(config: KeyConfig, make: boolean): KeyRing {
  const folder = resolve(config.data_dir);
  const own = join(folder, OWN_KEY_FILE);
  const given: Buffer[] = [];
  if (config.encryption_key !== '') given.push(parseKey(config.encryption_key, 'ANSWERBOX_ENCRYPTION_KEY'));
  if (config.encryption_key_file !== '')
    given.push(...readOwnersFile(resolve(config.encryption_key_file), folder));
  const isOwners = given.length > 0;
  const made = readKeyFile(own) ?? (isOwners || !make ? [] : [makeKey(own)]);
  const from = isOwners
    ? [config.encryption_key !== '' && 'ANSWERBOX_ENCRYPTION_KEY', config.encryption_key_file]
        .filter(Boolean)
        .join(' and ')
    : own;
  return { keys: [...given, ...made], isOwners, from };
}

/** A key that lies with the data protects it from nobody who takes the folder, and would be in its backups. */
function readOwnersFile(path: string, folder: string): Buffer[] {
  const inside = relative(folder, path);
  if (!inside.startsWith('..') && !isAbsolute(inside))
    throw new AnswerboxError('encryption_key_invalid', {
      from: path,
      reason: 'it lies in the data folder that it is to protect; put it elsewhere',
    });
  const keys = readKeyFile(path);
  if (keys === null)
    throw new AnswerboxError('encryption_key_invalid', { from: path, reason: 'there is no such file' });
  return keys;
}

/** A key a line, the newest first; null when there is no file. */
function readKeyFile(path: string): Buffer[] | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AnswerboxError('encryption_key_invalid', { from: path, reason: reasonOf(error) }, error);
  }
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0)
    throw new AnswerboxError('encryption_key_invalid', { from: path, reason: `it holds no key; ${HOW}` });
  return lines.map((line, place) => parseKey(line, `${path}, key ${place + 1}`));
}

/** 32 bytes as hex or base64. Words that somebody thought up are refused: nothing here makes guessing slow. */
function parseKey(text: string, from: string): Buffer {
  const plain = text.trim();
  const bytes = /^[0-9a-f]{64}$/i.test(plain)
    ? Buffer.from(plain, 'hex')
    : /^[\w+/-]{43}=?$/.test(plain)
      ? Buffer.from(plain, 'base64')
      : null;
  if (bytes?.length !== KEY_BYTES)
    throw new AnswerboxError('encryption_key_invalid', {
      from,
      reason: `it is not ${KEY_BYTES} bytes in base64 or hex; ${HOW}`,
    });
  return bytes;
}

/** On the disk before anything is sealed with it. */
function makeKey(path: string): Buffer {
  const key = randomBytes(KEY_BYTES);
  try {
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, `${key.toString('base64')}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    const folder = openSync(dirname(path), 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
    return key;
  } catch (error) {
    // A command that began in the same moment made it.
    const [made] = (error as NodeJS.ErrnoException).code === 'EEXIST' ? (readKeyFile(path) ?? []) : [];
    if (made) return made;
    throw new AnswerboxError('storage_failed', { path, reason: reasonOf(error) }, error);
  }
}

/** A backup without the key, put back where it was made: the key that is there goes on opening what is in it. */
export async function carryKey(from: string, into: string): Promise<void> {
  const [old, fresh] = [join(from, OWN_KEY_FILE), join(into, OWN_KEY_FILE)];
  const [before, after] = [readKeyFile(old) ?? [], readKeyFile(fresh) ?? []];
  const lacking = before.filter((key) => !after.some((one) => one.equals(key)));
  if (lacking.length === 0) return;
  const lines = [...after, ...lacking].map((key) => `${key.toString('base64')}\n`);
  await writeAtomically(fresh, lines.join(''));
  await chmod(fresh, 0o600);
}
