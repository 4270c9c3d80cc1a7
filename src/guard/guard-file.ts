import { join } from 'node:path';
import { Type } from '@sinclair/typebox';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { readOwnerFile } from '../files/read-owner-file.ts';

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
  const { own_contacts = [], secret_patterns = [] } =
    (await readOwnerFile(path, FILE, 'guard_file_invalid')) ?? {};
  return {
    ownContacts: own_contacts,
    secretPatterns: secret_patterns.map((source) => compile(source, path)),
  };
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
