import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/intents/random.ts';
import { temporaryFolder } from '../../src/testing/temporary-folder.ts';
import { compilerOf, shadowDisk, type ShadowedDisk } from './lose-power.ts';

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules');

function openDisk(syncMs = 0): { data: string; disk: ShadowedDisk; run: (script: string) => string } {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  mkdirSync(data);
  const disk = shadowDisk(data, join(folder, 'shadow'), { syncMs });
  const env = { PATH: process.env['PATH'], NODE_PATH: MODULES, ...disk.environment };
  const run = (script: string): string =>
    execFileSync(process.execPath, ['-e', script], { cwd: data, env, encoding: 'utf8' });
  return { data, disk, run };
}

/** Ends without closing, as a cut does: closing writes the log into the file and syncs it. */
const inserts = (synchronous: string): string => `
  const db = new (require('better-sqlite3'))('db.sqlite');
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE rows (n)');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('synchronous = ${synchronous}');
  const insert = db.prepare('INSERT INTO rows VALUES (?)');
  for (let n = 0; n < 50; n += 1) insert.run(n);
  process.kill(process.pid, 'SIGKILL');`;

const runKilled = (run: (script: string) => string, script: string): void => {
  expect(() => run(script)).toThrow(expect.objectContaining({ signal: 'SIGKILL' }));
};

const rowsAfter = (run: (script: string) => string): number =>
  Number(
    run(`const db = new (require('better-sqlite3'))('db.sqlite');
      if (db.pragma('integrity_check', { simple: true }) !== 'ok') throw new Error('not sound');
      console.log(db.prepare('SELECT count(*) FROM rows').pluck().get());`),
  );

describe.skipIf(compilerOf() === null)('a power cut', () => {
  it.each(['drop', 'torn'] as const)('(%s) leaves what was synced, and shows where nothing was', (loss) => {
    const random = seededRandom(7);
    const full = openDisk();
    runKilled(full.run, inserts('FULL'));
    full.disk.losePower(loss, random);
    expect(rowsAfter(full.run)).toBe(50);
    // The same without syncs: a test of durability that cannot fail proves nothing.
    const normal = openDisk();
    runKilled(normal.run, inserts('NORMAL'));
    normal.disk.losePower(loss, random);
    expect(rowsAfter(normal.run)).toBeLessThan(50);
  });

  it('takes a file that was not synced, and a name whose folder was not', () => {
    const { data, disk, run } = openDisk();
    run(`const fs = require('node:fs');
      const write = (name, text, sync) => {
        const file = fs.openSync(name, 'w');
        fs.writeSync(file, text);
        if (sync) fs.fsyncSync(file);
        fs.closeSync(file);
      };
      const syncFolder = () => { const folder = fs.openSync('.', 'r'); fs.fsyncSync(folder); fs.closeSync(folder); };
      write('kept', 'old', true);
      write('swapped', 'old', true);
      write('next', 'new', true);
      fs.renameSync('next', 'swapped');
      write('never', 'new', false);
      write('renamed-unsynced', 'new', false);
      syncFolder();
      write('other', 'new', true);
      fs.renameSync('other', 'kept');
      write('dsync', '', true);
      const through = fs.openSync('dsync', fs.constants.O_WRONLY | fs.constants.O_DSYNC);
      fs.writeSync(through, 'through');
      fs.closeSync(through);
      write('late', 'new', false);`);
    const changed = disk.losePower('drop', Math.random);
    const read = (name: string): string => readFileSync(join(data, name), 'utf8');
    expect(read('swapped')).toBe('new');
    // The folder was not synced after this rename: both names are as they were.
    expect([read('kept'), read('other')]).toEqual(['old', 'new']);
    expect([read('never'), read('renamed-unsynced')]).toEqual(['', '']);
    expect(read('dsync')).toBe('through');
    expect(existsSync(join(data, 'late'))).toBe(false);
    expect(changed).toEqual(['kept', 'late', 'never', 'other', 'renamed-unsynced']);
    expect(disk.losePower('torn', Math.random)).toEqual([]);
  });

  it('of a slow disk takes nothing that the disk has said it has', () => {
    const { disk, run } = openDisk(5);
    runKilled(run, inserts('FULL'));
    disk.losePower('drop', Math.random);
    expect(rowsAfter(run)).toBe(50);
  });
});
