import { createHash, createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { AnswerboxError } from '../errors.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import type { Identity, Person } from '../stores/privacy-contracts.ts';

/** Beside the database and never inside it: a backup that is older than an erasure brings back only the database. */
const ERASE_LIST_FILE = 'erased.jsonl';

/** One thing that names an erased person; the key makes it of no use for looking addresses up by lists. */
interface Mark {
  kind: Identity['kind'];
  /** HMAC-SHA-256 under the key, base64url. */
  mark: string;
  /** Base64url. */
  key: string;
  /** When they were erased, ISO 8601, UTC: what came later is another matter. */
  at: string;
}

export interface EraseList {
  /** On the disk when it resolves. */
  add(person: Person, at: string): Promise<void>;
  /**
   * Brings the list beside the backups to what this one holds, whatever else is in it: a disk that dies takes this
   * one along. @throws store_damaged, storage_* when that folder cannot be read or written
   */
  copyBeside(): Promise<void>;
  /** The latest time at which this was erased; null when it was not. */
  find(identity: Pick<Identity, 'kind' | 'value'>): string | null;
  /** SHA-256 of the whole list; '' while it is empty. */
  fingerprint(): string;
}

export const eraseListPathOf = (folder: string): string => join(folder, ERASE_LIST_FILE);

/**
 * @param beside the folder of the backups
 * @throws store_damaged when a line cannot be read: a person could come back unseen
 */
export function openEraseList(folder: string, beside: string): EraseList {
  const path = eraseListPathOf(folder);
  let marks = readMarks(path);
  let index = indexOf(marks);
  return {
    add: async (person, at) => {
      const key = marks[0]?.key ?? randomBytes(32).toString('base64url');
      const kinds = ['customers', 'subjects', 'emails', 'conversations'] as const;
      const fresh = kinds.flatMap((kind) =>
        person[kind].map((value) => ({ kind, mark: markOf(key, kind, value), key, at })),
      );
      marks = [...marks, ...fresh];
      index = indexOf(marks);
      await write(path, marks);
    },
    copyBeside: () => mergeEraseLists(folder, beside),
    find: ({ kind, value }) => {
      const times = [...index].flatMap(([key, at]) => at.get(`${kind} ${markOf(key, kind, value)}`) ?? []);
      return times.sort().at(-1) ?? null;
    },
    fingerprint: () => (marks.length === 0 ? '' : createHash('sha256').update(textOf(marks)).digest('hex')),
  };
}

/**
 * The lists of two folders as one, in the second: for a backup that is restored over a folder, or moved to
 * another machine. Nothing that was erased in either comes back.
 * @throws store_damaged when a list cannot be read, storage_*
 */
export async function mergeEraseLists(from: string, into: string): Promise<void> {
  const known = readMarks(eraseListPathOf(into));
  const held = new Set(known.map(({ key, kind, mark, at }) => `${key} ${kind} ${mark} ${at}`));
  const more = readMarks(eraseListPathOf(from)).filter(
    ({ key, kind, mark, at }) => !held.has(`${key} ${kind} ${mark} ${at}`),
  );
  if (more.length > 0) await write(eraseListPathOf(into), [...known, ...more]);
}

function readMarks(path: string): Mark[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line, place) => {
    try {
      return JSON.parse(line) as Mark;
    } catch (error) {
      throw new AnswerboxError('store_damaged', { path, reason: `line ${place + 1} is no JSON` }, error);
    }
  });
}

/** By key, when each mark was last erased. */
function indexOf(marks: readonly Mark[]): Map<string, Map<string, string>> {
  const index = new Map<string, Map<string, string>>();
  for (const { key, kind, mark, at } of marks) {
    const times = index.get(key) ?? new Map<string, string>();
    index.set(key, times);
    const name = `${kind} ${mark}`;
    if ((times.get(name) ?? '') < at) times.set(name, at);
  }
  return index;
}

function markOf(key: string, kind: string, value: string): string {
  return createHmac('sha256', key)
    .update(`${kind} ${value.trim().normalize('NFC').toLowerCase()}`)
    .digest('base64url');
}

const textOf = (marks: readonly Mark[]): string => marks.map((mark) => `${JSON.stringify(mark)}\n`).join('');

async function write(path: string, marks: readonly Mark[]): Promise<void> {
  await writeAtomically(path, textOf(marks));
  // A disk of backups may know no rights at all.
  await chmod(path, 0o600).catch(() => undefined);
}
