import { readFile } from 'node:fs/promises';
import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, reasonOf, type ErrorCode } from '../errors.ts';

/**
 * A JSON file that the owner may put into the data folder; null when there is none.
 * @param code of the error that names the path and the reason when it cannot be read or does not fit
 */
export async function readOwnerFile<Schema extends TSchema>(
  path: string,
  schema: Schema,
  code: ErrorCode,
): Promise<Static<Schema> | null> {
  const invalid = (reason: string, cause?: unknown) => new AnswerboxError(code, { path, reason }, cause);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw invalid(reasonOf(error), error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(`it is not JSON (${reasonOf(error)})`, error);
  }
  const [first] = Value.Errors(schema, value);
  if (first) throw invalid(`${first.path || '/'}: ${first.message}`);
  return value;
}
