import { setImmediate as nextTurn } from 'node:timers/promises';
import { hasCode, throwIfCancelled } from '../../errors.ts';
import type { FieldCipher } from '../cipher-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { beginOf, SEALED_NAMES } from './require-keys.ts';
import { runInStore } from './run-in-store.ts';
import {
  keyIdOfStored,
  openContent,
  openSecret,
  SEALED_COLUMNS,
  sealContent,
  sealSecret,
  type SealedColumn,
} from './sealed-fields.ts';

const SLICE = {
  /** Rows that are looked at in one transaction; 10…10,000. */
  rows: 200,
  /** Bytes after which a transaction ends early, so that nobody waits long: a file may have 10 MB. */
  bytes: 16_000_000,
} as const;

/** Seals the secrets that lie in the open, from before there was a key: a few rows, in one transaction. */
export function sealPlainSecrets(database: SqliteDatabase): number {
  return database
    .transaction(() => {
      let sealed = 0;
      for (const name of SEALED_NAMES) {
        const { table, column, key, kind } = SEALED_COLUMNS[name];
        if (kind !== 'secret') continue;
        const rows = database
          .prepare(
            `SELECT ${key} AS row, ${column} AS value FROM ${table} WHERE ${column} NOT LIKE 'sealed:%'`,
          )
          .all() as { row: string; value: string }[];
        const update = database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`);
        for (const { row, value } of rows) update.run(sealSecret(database, name, row, value), row);
        sealed += rows.length;
      }
      return sealed;
    })
    .immediate();
}

export interface RotateOptions {
  signal?: AbortSignal;
  onProgress?: (column: SealedColumn, done: number) => void;
  /** After each slice, when it is on the disk. */
  onSlice?: () => void;
}

/**
 * Seals everything with the present key, slice by slice, each a transaction of its own; broken off anywhere, another
 * run goes on with what is left. What cannot be opened is left as it is and counted.
 * @throws cancelled, storage_*
 */
export async function rotateKeys(
  database: SqliteDatabase,
  cipher: FieldCipher,
  { signal, onProgress = () => undefined, onSlice = () => undefined }: RotateOptions = {},
): Promise<{ resealed: number; unreadable: number }> {
  const total = { resealed: 0, unreadable: 0 };
  for (const name of SEALED_NAMES) {
    let after = '';
    for (;;) {
      throwIfCancelled(signal);
      const slice = await runInStore(database, () =>
        database.transaction(() => resealSlice(database, cipher, name, after)).immediate(),
      );
      onSlice();
      total.resealed += slice.resealed;
      total.unreadable += slice.unreadable;
      onProgress(name, total.resealed);
      if (slice.last === null) break;
      after = slice.last;
      await nextTurn();
    }
  }
  if (total.unreadable === 0)
    database.prepare('DELETE FROM encryption_keys WHERE id IS NOT ?').run(cipher.current);
  database.pragma('wal_checkpoint(TRUNCATE)');
  return total;
}

interface Slice {
  resealed: number;
  unreadable: number;
  /** Null when nothing is left. */
  last: string | null;
}

function resealSlice(
  database: SqliteDatabase,
  cipher: FieldCipher,
  name: SealedColumn,
  after: string,
): Slice {
  const { table, column, key, kind } = SEALED_COLUMNS[name];
  const slice: Slice = { resealed: 0, unreadable: 0, last: null };
  const rows = database
    .prepare(
      `SELECT ${key} AS row, ${beginOf(name)} AS begin FROM ${table} WHERE ${key} > ? ORDER BY ${key} LIMIT ?`,
    )
    .all(after, SLICE.rows) as { row: string; begin: string | Buffer }[];
  const read = database.prepare(`SELECT ${column} FROM ${table} WHERE ${key} = ?`).pluck();
  const update = database.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`);
  let bytes = 0;
  for (const { row, begin } of rows) {
    slice.last = row;
    const id = keyIdOfStored(begin);
    // Contents of customers that lie in the open stay so until the owner has a key.
    if (id === cipher.current || (id === null && kind === 'content' && !cipher.sealsContent)) continue;
    const stored = read.get(row) as string | Buffer;
    try {
      update.run(resealed(database, cipher, name, row, stored), row);
      slice.resealed += 1;
    } catch (error) {
      if (!hasCode(error, 'encryption_key_missing') && !hasCode(error, 'sealed_value_damaged')) throw error;
      slice.unreadable += 1;
    }
    bytes += stored.length;
    if (bytes > SLICE.bytes) return slice;
  }
  return rows.length < SLICE.rows ? { ...slice, last: null } : slice;
}

function resealed(
  database: SqliteDatabase,
  cipher: FieldCipher,
  name: SealedColumn,
  row: string,
  stored: string | Buffer,
): string | Uint8Array {
  if (typeof stored === 'string')
    return sealSecret(database, name, row, openSecret(database, name, row, stored));
  return sealContent(database, name, row, openContent(database, name, row, stored));
}
