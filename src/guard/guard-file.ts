import { join } from 'node:path';
import { Type } from '@sinclair/typebox';
import { AnswerboxError } from '../errors.ts';
import { readOwnerFile } from '../files/read-owner-file.ts';
import { boundPattern } from '../understand/check-pattern.ts';

const FILE = Type.Object(
  {
    /** E-mail addresses, domains, phone and account numbers that are the shop's own and may be said. */
    own_contacts: Type.Optional(Type.Array(Type.String({ minLength: 3 }))),
    /** Regular expressions of what must never leave, such as internal project names. */
    secret_patterns: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    /** Sentences of the owner's own that the patterns take for attacks: shown all the same. */
    allowed_sentences: Type.Optional(Type.Array(Type.String({ minLength: 3, maxLength: 2_000 }))),
  },
  { additionalProperties: false },
);

export interface GuardFile {
  ownContacts: readonly string[];
  secretPatterns: readonly RegExp[];
  allowedSentences: readonly string[];
}

/** The owner's `guard.json` in the data folder, if there is one. @throws guard_file_invalid */
export async function readGuardFile(folder: string): Promise<GuardFile> {
  const path = join(folder, 'guard.json');
  const {
    own_contacts = [],
    secret_patterns = [],
    allowed_sentences = [],
  } = (await readOwnerFile(path, FILE, 'guard_file_invalid')) ?? {};
  return {
    ownContacts: own_contacts,
    secretPatterns: secret_patterns.map((source) => compile(source, path)),
    allowedSentences: allowed_sentences,
  };
}

function compile(source: string, path: string): RegExp {
  const checked = boundPattern(source);
  if ('reason' in checked)
    throw new AnswerboxError('guard_file_invalid', { path, reason: `"${source}": ${checked.reason}` });
  return new RegExp(checked.bounded, 'iu');
}
