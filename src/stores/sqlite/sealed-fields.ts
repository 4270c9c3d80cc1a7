import { AnswerboxError } from '../../errors.ts';
import { keyIdOf, type FieldCipher } from '../cipher-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';

/** Every column whose values are sealed, and the column that names their row. */
export const SEALED_COLUMNS = {
  'second_factors.secret': { table: 'second_factors', column: 'secret', key: 'user_id', kind: 'secret' },
  'webhooks.secret': { table: 'webhooks', column: 'secret', key: 'id', kind: 'secret' },
  'attachments.content': { table: 'attachments', column: 'content', key: 'id', kind: 'content' },
  'traces.trace': { table: 'traces', column: 'trace', key: 'message_id', kind: 'content' },
} as const;
export type SealedColumn = keyof typeof SEALED_COLUMNS;

/** How a sealed value is written where a text is expected; its first 16 characters hold mark and key id. */
const TEXT_MARK = 'sealed:';

/** By connection: which keys its values are opened with is known to whoever opens it, and to no store. */
const ciphers = new WeakMap<SqliteDatabase, FieldCipher>();

export function useCipher(database: SqliteDatabase, cipher: FieldCipher): void {
  ciphers.set(database, cipher);
}

/** Of a secret, as the store keeps it. In the transaction of the write, so that its key is known to be needed. */
export function sealSecret(
  database: SqliteDatabase,
  column: SealedColumn,
  row: string,
  secret: string,
): string {
  const cipher = ciphers.get(database);
  if (!cipher?.current) return secret;
  return TEXT_MARK + sealWith(database, cipher, column, row, Buffer.from(secret)).toString('base64url');
}

export function openSecret(
  database: SqliteDatabase,
  column: SealedColumn,
  row: string,
  stored: string,
): string {
  if (!stored.startsWith(TEXT_MARK)) return stored;
  const sealed = Buffer.from(stored.slice(TEXT_MARK.length), 'base64url');
  return cipherFor(database, sealed).open(sealed, placeOf(column, row)).toString('utf8');
}

/** Of what a customer sent: sealed only under a key of the owner's. */
export function sealContent(
  database: SqliteDatabase,
  column: SealedColumn,
  row: string,
  content: Uint8Array,
): Uint8Array {
  const cipher = ciphers.get(database);
  return cipher?.current && cipher.sealsContent ? sealWith(database, cipher, column, row, content) : content;
}

export function openContent(
  database: SqliteDatabase,
  column: SealedColumn,
  row: string,
  stored: Uint8Array,
): Uint8Array {
  return keyIdOf(stored) === null ? stored : cipherFor(database, stored).open(stored, placeOf(column, row));
}

/** Key id of a stored value of either kind; null for a plain one. */
export function keyIdOfStored(stored: string | Uint8Array): string | null {
  if (typeof stored !== 'string') return keyIdOf(stored);
  return stored.startsWith(TEXT_MARK)
    ? keyIdOf(Buffer.from(stored.slice(TEXT_MARK.length), 'base64url'))
    : null;
}

function sealWith(
  database: SqliteDatabase,
  cipher: FieldCipher,
  column: SealedColumn,
  row: string,
  plain: Uint8Array,
): Buffer {
  database
    .prepare('INSERT OR IGNORE INTO encryption_keys VALUES (?, ?)')
    .run(cipher.current, new Date().toISOString());
  return cipher.seal(plain, placeOf(column, row));
}

function cipherFor(database: SqliteDatabase, sealed: Uint8Array): FieldCipher {
  const cipher = ciphers.get(database);
  if (cipher) return cipher;
  throw new AnswerboxError('encryption_key_missing', { id: keyIdOf(sealed) ?? '', from: 'none was read' });
}

/** A value opens in its own row alone. */
const placeOf = (column: SealedColumn, row: string): string => `${column}:${row}`;
