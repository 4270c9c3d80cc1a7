import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { CLOCK_COLUMNS } from './clock-columns.ts';
import { dropOldSchemaCopies } from './copy-before-migration.ts';
import { MIGRATIONS } from './migrations.ts';
import { openDatabase } from './open-database.ts';

/** A database as an earlier program left it, with a document, its text in the keyword index, and a vector. */
function databaseOf(schema: number, path: string): void {
  const database = new Database(path);
  database.pragma('foreign_keys = ON');
  database.pragma('journal_mode = WAL');
  for (const migration of MIGRATIONS.slice(0, schema)) {
    if (typeof migration === 'string') database.exec(migration);
    else migration(database);
    if (migration === MIGRATIONS[0]) fill(database);
  }
  database.pragma(`user_version = ${schema}`);
  database.close();
}

function fill(database: Database.Database): void {
  database.exec(`
    INSERT INTO originals VALUES ('abc', x'00ff');
    INSERT INTO documents (id, source, title, media_type, sha256, text, collection, created_at, updated_at)
      VALUES ('d1', 'a.md', 'Returns', 'text/markdown', 'abc', 'Goods return.', 'own', '2026-01-01', '2026-01-01');
    INSERT INTO chunks (id, document_id, ordinal, heading_path, text, start, "end", tokens)
      VALUES (7, 'd1', 0, 'Returns', 'Goods return within thirty days.', 0, 32, 6);
    INSERT INTO embeddings VALUES (7, 'fake@1', x'0000803f');
  `);
}

/** Tables, indexes and triggers, as SQL without its spaces. */
function shapeOf(database: Database.Database): string[] {
  const rows = database.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all() as {
    type: string;
    name: string;
    sql: string | null;
  }[];
  return rows.map(({ type, name, sql }) => `${type} ${name} ${(sql ?? '').replace(/\s+/g, ' ')}`);
}

const EARLIER = Array.from({ length: MIGRATIONS.length - 1 }, (_, index) => index + 1);

it.each(EARLIER)('from schema %i a database becomes one of today, with what was in it', (schema) => {
  const folder = temporaryFolder();
  const path = join(folder, 'answerbox.sqlite');
  databaseOf(schema, path);
  const database = openDatabase(path);
  expect(database.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.pragma('foreign_key_check')).toEqual([]);
  expect(database.prepare('SELECT title, text FROM documents').all()).toEqual([
    { title: 'Returns', text: 'Goods return.' },
  ]);
  const found = database.prepare(`SELECT rowid FROM chunk_words WHERE chunk_words MATCH 'thirty'`).pluck();
  expect(found.all()).toEqual([7]);
  expect(database.prepare('SELECT count(*) FROM embeddings').pluck().get()).toBe(1);
  const fresh = openDatabase(join(temporaryFolder(), 'answerbox.sqlite'));
  expect(shapeOf(database)).toEqual(shapeOf(fresh));
  fresh.close();
  database.close();
  // The way back: the earlier program's database, as it was.
  const copy = new Database(join(folder, 'backups', `before-schema-${schema}.sqlite`), { readonly: true });
  expect(copy.pragma('user_version', { simple: true })).toBe(schema);
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(copy.prepare('SELECT count(*) FROM documents').pluck().get()).toBe(1);
  copy.close();
});

it('changes nothing when there is no place for the copy', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'answerbox.sqlite');
  databaseOf(1, path);
  writeFileSync(join(folder, 'backups'), 'a file where the folder should be');
  expect(() => openDatabase(path)).toThrow(expect.objectContaining({ code: 'storage_failed' }));
  const database = new Database(path, { readonly: true });
  expect(database.pragma('user_version', { simple: true })).toBe(1);
  database.close();
});

it('copies nothing for a new database or one of today, and keeps copies for two weeks', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'answerbox.sqlite');
  openDatabase(path).close();
  openDatabase(path).close();
  expect(existsSync(join(folder, 'backups'))).toBe(false);
  const other = temporaryFolder();
  databaseOf(1, join(other, 'answerbox.sqlite'));
  openDatabase(join(other, 'answerbox.sqlite')).close();
  const copy = join(other, 'backups', 'before-schema-1.sqlite');
  expect(statSync(copy).size).toBeGreaterThan(4096);
  expect(dropOldSchemaCopies(other, new Date())).toEqual([]);
  const old = Date.now() / 1000 - 15 * 86_400;
  utimesSync(copy, old, old);
  expect(dropOldSchemaCopies(other, new Date())).toEqual(['before-schema-1.sqlite']);
  expect(readdirSync(join(other, 'backups'))).toEqual([]);
});

it('counts a ticket that was opened again from then on', () => {
  const path = join(temporaryFolder(), 'answerbox.sqlite');
  databaseOf(MIGRATIONS.indexOf(CLOCK_COLUMNS), path);
  const earlier = new Database(path);
  const ticket = earlier.prepare(
    `INSERT INTO tickets (subject, status, priority, contact, source, reopened, created_at, updated_at)
       VALUES ('Leak', 'open', 1, '{}', 'staff', ?, '2026-01-01', '2026-01-01')`,
  );
  const event = earlier.prepare(
    `INSERT INTO desk_events (id, ticket, type, visibility, actor_kind, actor_id, actor_name, at, data)
       VALUES (?, 2, 'ticket-change', 'all', 'staff', '', '', ?, ?)`,
  );
  ticket.run(0);
  ticket.run(1);
  event.run('e1', '2026-01-03', JSON.stringify({ change: { status: ['resolved', 'open'] } }));
  event.run('e2', '2026-01-04', JSON.stringify({ change: { status: ['pending', 'open'] } }));
  event.run('e3', '2026-01-05', JSON.stringify({ change: { priority: ['low', 'high'] } }));
  earlier.close();
  const database = openDatabase(path);
  expect(database.prepare('SELECT number, sla_from, paused_minutes FROM tickets').all()).toEqual([
    { number: 1, sla_from: null, paused_minutes: 0 },
    { number: 2, sla_from: '2026-01-03', paused_minutes: 0 },
  ]);
  database.close();
});
