import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, reasonOf } from '../errors.ts';

const FILE = Type.Object(
  {
    /** E-mail addresses, domains, phone and account numbers that are the shop's own and may be said. */
    own_contacts: Type.Optional(Type.Array(Type.String({ minLength: 3 }))),
    /** Regular expressions of what must never leave, such as internal project names. */
    secret_patterns: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
  },
  { additionalProperties: false },
);

export interface GuardFile {
  ownContacts: readonly string[];
  secretPatterns: readonly RegExp[];
}

/** Longest pattern of an owner's, characters: longer ones are hardly meant and may be slow. */
const LONGEST_PATTERN = 200;

/** The owner's `guard.json` in the data folder, if there is one. @throws guard_file_invalid */
export async function readGuardFile(folder: string): Promise<GuardFile> {
  const path = join(folder, 'guard.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { ownContacts: [], secretPatterns: [] };
    throw new AnswerboxError('guard_file_invalid', { path, reason: reasonOf(error) }, error);
  }
  const { own_contacts = [], secret_patterns = [] } = parse(text, path);
  return {
    ownContacts: own_contacts,
    secretPatterns: secret_patterns.map((source) => compile(source, path)),
  };
}

function parse(text: string, path: string): Static<typeof FILE> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AnswerboxError(
      'guard_file_invalid',
      { path, reason: `it is not JSON (${reasonOf(error)})` },
      error,
    );
  }
  const [first] = Value.Errors(FILE, value);
  if (!first) return value as Static<typeof FILE>;
  throw new AnswerboxError('guard_file_invalid', { path, reason: `${first.path || '/'}: ${first.message}` });
}

function compile(source: string, path: string): RegExp {
  if (source.length > LONGEST_PATTERN)
    throw new AnswerboxError('guard_file_invalid', {
      path,
      reason: `a pattern has ${source.length} characters; ${LONGEST_PATTERN} are allowed`,
    });
  try {
    return new RegExp(source, 'iu');
  } catch (error) {
    throw new AnswerboxError(
      'guard_file_invalid',
      { path, reason: `"${source}": ${reasonOf(error)}` },
      error,
    );
  }
}
