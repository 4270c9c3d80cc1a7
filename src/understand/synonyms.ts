import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { contentWords } from '../text/content-words.ts';

/** Limits keep one line of a file from becoming a query of thousands of terms. */
export const SYNONYM_LIMITS = { groups: 2_000, words: 20, characters: 60, added: 12 } as const;

export const SYNONYMS_SCHEMA = Type.Array(
  Type.Array(Type.String({ minLength: 1, maxLength: SYNONYM_LIMITS.characters, pattern: '\\S' }), {
    minItems: 2,
    maxItems: SYNONYM_LIMITS.words,
  }),
  { maxItems: SYNONYM_LIMITS.groups },
);
/** Groups of words or short phrases that mean the same: [["sofa", "couch", "settee"], …]. */
export type SynonymGroups = Static<typeof SYNONYMS_SCHEMA>;

export interface Synonyms {
  readonly groups: SynonymGroups;
  /**
   * The text with the other words of each group that it names behind it, for a keyword index, where more
   * words are alternatives; a vector should be made of the text alone. At most 12 words or phrases are added.
   */
  expand(text: string): { text: string; added: string[] };
}

export function synonymsPath(dataDir: string): string {
  return join(dataDir, 'synonyms.json');
}

/** No groups when there is no file. @throws synonyms_invalid */
export async function readSynonyms(path: string): Promise<Synonyms> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return createSynonyms([]);
    throw new AnswerboxError('synonyms_invalid', { path, reason: reasonOf(error) }, error);
  }
  let value: unknown;
  try {
    // Editors on Windows begin a file with a byte order mark.
    value = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new AnswerboxError('synonyms_invalid', { path, reason: reasonOf(error) }, error);
  }
  return createSynonyms(checkSynonyms(value, path));
}

/** @throws synonyms_invalid naming the group, counted from 1 */
export function checkSynonyms(value: unknown, path: string): SynonymGroups {
  const wrong = Value.Errors(SYNONYMS_SCHEMA, value).First();
  if (!wrong) return value as SynonymGroups;
  const group = /^\/(\d+)/.exec(wrong.path)?.[1];
  const where = group === undefined ? '' : `group ${Number(group) + 1}: `;
  throw new AnswerboxError('synonyms_invalid', { path, reason: `${where}${wrong.message}` });
}

/** A reader sees the old file or the new one, never half. @throws synonyms_invalid, storage_full, storage_failed */
export async function saveSynonyms(path: string, value: unknown): Promise<Synonyms> {
  const groups = checkSynonyms(value, path);
  await writeAtomically(path, `${JSON.stringify(groups, null, 2)}\n`);
  return createSynonyms(groups);
}

export function createSynonyms(groups: SynonymGroups): Synonyms {
  /** By the first stem of each phrase, since a question names only a few. */
  const byStem = new Map<string, { phrase: string; group: readonly string[] }[]>();
  for (const group of groups)
    for (const word of group) {
      const phrase = stemsIn(word);
      const first = phrase.split(' ', 1)[0]!;
      byStem.set(first, [...(byStem.get(first) ?? []), { phrase, group }]);
    }
  return { groups, expand: (text) => expand(text, byStem) };
}

function expand(
  text: string,
  byStem: ReadonlyMap<string, readonly { phrase: string; group: readonly string[] }[]>,
): { text: string; added: string[] } {
  const stems = stemsIn(text);
  const named = stems.split(' ').flatMap((stem) => byStem.get(stem) ?? []);
  const added = new Set<string>();
  for (const { phrase, group } of named) {
    if (phrase === '' || !` ${stems} `.includes(` ${phrase} `)) continue;
    for (const word of group)
      if (added.size < SYNONYM_LIMITS.added && !` ${stems} `.includes(` ${stemsIn(word)} `)) added.add(word);
  }
  return { text: [text, ...added].join(' '), added: [...added] };
}

function stemsIn(text: string): string {
  return contentWords(text)
    .map(({ stem }) => stem)
    .join(' ');
}
