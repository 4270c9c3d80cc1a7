import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, reasonOf } from '../errors.ts';

const SECRETS = Type.Record(Type.String({ pattern: '^[A-Za-z0-9_]{1,100}$' }), Type.String({ minLength: 1 }));

/**
 * What headers of live sources may name, from `secrets.json` (name → value) in the data folder; none without
 * the file. Values never reach a log or an error.
 * @throws sources_invalid
 */
export async function readSecrets(folder: string): Promise<Readonly<Record<string, string>>> {
  const path = join(folder, 'secrets.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new AnswerboxError(
      'sources_invalid',
      { path, field: 'the file', reason: `cannot be read: ${reasonOf(error)}` },
      error,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AnswerboxError('sources_invalid', { path, field: 'the file', reason: 'is not valid JSON' });
  }
  if (Value.Check(SECRETS, value)) return value;
  throw new AnswerboxError('sources_invalid', {
    path,
    field: 'the file',
    reason: 'must be an object of names and texts',
  });
}
