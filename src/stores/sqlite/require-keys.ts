import { AnswerboxError } from '../../errors.ts';
import { SEALED, type FieldCipher } from '../cipher-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { keyIdOfStored, SEALED_COLUMNS, type SealedColumn } from './sealed-fields.ts';

/** How many values of a column are sealed with which key; plain ones under ''. */
export type KeyCounts = Record<SealedColumn, Record<string, number>>;

export const SEALED_NAMES = Object.keys(SEALED_COLUMNS) as SealedColumn[];
/** The beginning of a stored value: enough of it to tell the key, of either kind. */
export const beginOf = (name: SealedColumn): string =>
  `substr(${SEALED_COLUMNS[name].column}, 1, ${TEXT_BEGIN})`;
const TEXT_BEGIN = 'sealed:'.length + ((SEALED.mark.length + SEALED.idBytes) * 4) / 3;

export function countByKey(database: SqliteDatabase): KeyCounts {
  const counted = SEALED_NAMES.map((name): [SealedColumn, Record<string, number>] => {
    const counts: Record<string, number> = {};
    const begins = database.prepare(`SELECT ${beginOf(name)} FROM ${SEALED_COLUMNS[name].table}`).pluck();
    for (const begin of begins.iterate() as Iterable<string | Buffer>) {
      const id = keyIdOfStored(begin) ?? '';
      counts[id] = (counts[id] ?? 0) + 1;
    }
    return [name, counts];
  });
  return Object.fromEntries(counted) as KeyCounts;
}

/**
 * Refuses a database of which some value was sealed with a key that is not there: what cannot be read must not be
 * written over, nor a secret be left in the open beside it.
 * @throws encryption_key_missing
 */
export function requireKeys(database: SqliteDatabase, cipher: FieldCipher, from: string): void {
  const noted = database.prepare('SELECT id FROM encryption_keys').pluck().all() as string[];
  if (noted.every((id) => cipher.has(id))) return;
  const held = Object.values(countByKey(database)).flatMap((counts) => Object.keys(counts));
  const lacking = held.find((id) => id !== '' && !cipher.has(id));
  if (lacking !== undefined) throw new AnswerboxError('encryption_key_missing', { id: lacking, from });
}
