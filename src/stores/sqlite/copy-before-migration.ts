import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { AnswerboxError } from '../../errors.ts';

/** Days after which such a copy goes: it holds what has been erased since. */
const KEEP_DAYS = 14;
const NAME = /^before-schema-\d+\.sqlite$/;

/**
 * Puts a sound copy of the database into backups/ beside it before its schema changes: whoever goes back to the
 * earlier program goes back to it. Without room for it nothing is changed at all.
 * @throws storage_full and what SQLite throws; store_damaged when the copy is not sound
 */
export function copyBeforeMigration(database: Database.Database, path: string, schema: number): void {
  if (path === ':memory:' || database.memory) return;
  const folder = join(dirname(path), 'backups');
  const target = join(folder, `before-schema-${schema}.sqlite`);
  const part = `${target}.part`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rmSync(part, { force: true });
  try {
    database.prepare('VACUUM INTO ?').run(part);
    const copy = new Database(part);
    try {
      const [first] = copy.pragma('integrity_check(1)') as { integrity_check: string }[];
      if (first?.integrity_check !== 'ok')
        throw new AnswerboxError('store_damaged', { path, reason: first?.integrity_check ?? 'unreadable' });
      copy.pragma(`user_version = ${schema}`);
    } finally {
      copy.close();
    }
    sync(part);
    renameSync(part, target);
    sync(folder);
  } finally {
    rmSync(part, { force: true });
  }
}

/** Removes copies that are older than they may get. @returns their names */
export function dropOldSchemaCopies(dataFolder: string, now: Date): string[] {
  const folder = join(dataFolder, 'backups');
  const dropped: string[] = [];
  for (const name of namesIn(folder)) {
    if (!NAME.test(name)) continue;
    const days = (now.getTime() - statSync(join(folder, name)).mtimeMs) / 86_400_000;
    if (days < KEEP_DAYS) continue;
    rmSync(join(folder, name), { force: true });
    dropped.push(name);
  }
  return dropped;
}

/** Removes every such copy, whole or half: who was erased is in all of them. @returns their names */
export function dropSchemaCopies(dataFolder: string): string[] {
  const folder = join(dataFolder, 'backups');
  const dropped = namesIn(folder).filter((name) => NAME.test(name.replace(/\.part$/, '')));
  for (const name of dropped) rmSync(join(folder, name), { force: true });
  return dropped;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
