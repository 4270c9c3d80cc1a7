import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { AnswerboxError } from '../../errors.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { MIGRATIONS } from './migrations.ts';
import { asStoreError, openDatabase } from './open-database.ts';

const pathIn = (folder: string): string => join(folder, 'answerbox.sqlite');

it('waits for the disk at every commit, keeps references whole and wipes what is deleted', () => {
  const database = openDatabase(pathIn(temporaryFolder()));
  const pragma = (name: string): unknown => database.pragma(name, { simple: true });
  expect(pragma('synchronous')).toBe(2);
  expect(pragma('journal_mode')).toBe('wal');
  expect(pragma('foreign_keys')).toBe(1);
  expect(pragma('secure_delete')).toBe(1);
  expect(pragma('user_version')).toBe(MIGRATIONS.length);
  database.close();
});

it('runs on an SQLite without the race in its write-ahead log', () => {
  const database = openDatabase(':memory:');
  const version = database.prepare('SELECT sqlite_version()').pluck().get() as string;
  expect(version.localeCompare('3.51.3', 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
  database.close();
});

it('makes the folder, and opens again what it made', () => {
  const path = join(temporaryFolder(), 'new', 'folder', 'answerbox.sqlite');
  openDatabase(path).close();
  openDatabase(path).close();
  expect(existsSync(path)).toBe(true);
});

it('refuses a database of a newer program, and changes nothing in it', () => {
  const path = pathIn(temporaryFolder());
  const database = openDatabase(path);
  database.pragma(`user_version = ${MIGRATIONS.length + 1}`);
  database.close();
  const before = readFileSync(path);
  expect(() => openDatabase(path)).toThrow(
    expect.objectContaining({ code: 'store_damaged', message: expect.stringContaining('newer') }),
  );
  expect(readFileSync(path).equals(before)).toBe(true);
});

it('refuses a file that is no database, and leaves it as it is', () => {
  const folder = temporaryFolder();
  const text = 'My thesis, the only copy. '.repeat(200);
  writeFileSync(pathIn(folder), text);
  expect(() => openDatabase(pathIn(folder))).toThrow(expect.objectContaining({ code: 'store_damaged' }));
  expect(readFileSync(pathIn(folder), 'utf8')).toBe(text);
});

it('refuses a database that is damaged in its first page', () => {
  const path = pathIn(temporaryFolder());
  openDatabase(path).close();
  const bytes = readFileSync(path);
  bytes.fill(0xff, 100, 400);
  writeFileSync(path, bytes);
  expect(() => openDatabase(path)).toThrow(expect.objectContaining({ code: 'store_damaged' }));
});

it('says what is in the way when a folder lies where the file should', () => {
  const folder = temporaryFolder();
  mkdirSync(pathIn(folder));
  expect(() => openDatabase(pathIn(folder))).toThrow(expect.objectContaining({ code: 'storage_failed' }));
});

it('names what SQLite and the system throw, and passes on what is neither', () => {
  const codeOf = (code: string): unknown =>
    (asStoreError(Object.assign(new Error(), { code }), '/data') as AnswerboxError).code;
  expect(codeOf('SQLITE_FULL')).toBe('storage_full');
  expect(codeOf('ENOSPC')).toBe('storage_full');
  expect(codeOf('SQLITE_CORRUPT_VTAB')).toBe('store_damaged');
  expect(codeOf('SQLITE_IOERR_WRITE')).toBe('storage_failed');
  const bug = new TypeError('a bug');
  expect(asStoreError(bug, '/data')).toBe(bug);
  // The class alone says what kind of failure better-sqlite3 throws.
  expect(new Database.SqliteError('x', 'SQLITE_FULL').code).toBe('SQLITE_FULL');
});
