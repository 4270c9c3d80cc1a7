import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { cacheSource } from './cached-source.ts';
import type { FactResult, LiveSource } from './source-contracts.ts';
import { SQL_SETTINGS } from './sql-settings.ts';
import { createSqlSource, type SqlSourceOptions } from './sql-source.ts';
import { whyBadQuery } from './why-bad-query.ts';

const QUERY = 'SELECT cents, currency, pieces FROM articles WHERE code = @key';
const FIELDS: SqlSourceOptions['fields'] = {
  price: { amount: 'cents', unit: 'minor', currency_field: 'currency' },
  stock: { pieces: 'pieces' },
};
/** More than any quick query takes on a busy machine. */
const PATIENT_MS = 20_000;
/** Counts without end for the key SLOW, in one native call. */
const ENDLESS = `SELECT cents, currency, pieces FROM articles WHERE code = @key OR (@key = 'SLOW' AND
  (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n) > 0)`;
const START = Date.UTC(2026, 10, 21, 12);

let file: string;
let time: number;
beforeEach(() => {
  file = join(temporaryFolder(), 'erp.sqlite');
  time = START;
  writeShop(file, 1290);
});

function writeShop(path: string, cents: number, journal = 'wal'): void {
  const shop = new Database(path);
  shop.pragma(`journal_mode = ${journal}`);
  shop.exec(`CREATE TABLE articles (code TEXT PRIMARY KEY, cents INTEGER, currency TEXT, pieces INTEGER);`);
  shop.prepare('INSERT INTO articles VALUES (?, ?, ?, ?)').run('A1', cents, 'EUR', 4);
  shop.close();
}

function openShop(): Database.Database {
  const shop = new Database(file);
  onTestFinished(() => void shop.close());
  return shop;
}

function openSource(more: Partial<SqlSourceOptions> = {}): LiveSource {
  const options = { name: 'erp', kinds: ['price', 'stock'] as const, file, query: QUERY, fields: FIELDS };
  const source = createSqlSource({ ...options, now: () => time, timeLimitMs: PATIENT_MS, ...more });
  onTestFinished(() => source.close());
  return source;
}

const read = (source: LiveSource, key = 'A1'): Promise<FactResult> =>
  source.read({ kind: 'price', key }, { signal: new AbortController().signal });
const price = (minor: number, readAt: number): unknown => ({
  outcome: 'found',
  fact: {
    kind: 'price',
    key: 'A1',
    source: 'erp',
    readAt: new Date(readAt).toISOString(),
    price: { minor, currency: 'EUR' },
  },
});
const failed = (reason: string): unknown => ({ outcome: 'failed', reason: expect.stringContaining(reason) });

/** Processes that were started with this file (Linux). */
function processesOn(path: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return pid !== process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path);
      } catch {
        return false;
      }
    });
}

/** The one process of this file, which computes at this moment: a query was given to it. @throws before that */
function expectOneAtWork(path: string): number {
  const [pid, ...others] = processesOn(path);
  expect(pid).toBeDefined();
  expect(others).toEqual([]);
  const state = /\) (\S)/u.exec(readFileSync(`/proc/${pid!}/stat`, 'utf8'))?.[1];
  expect(state).toBe('R');
  return pid!;
}

describe("a fact in another program's SQLite file", () => {
  it('is read, and unknown when no row has the key', async () => {
    const source = openSource();
    expect(await read(source)).toEqual(price(1290, START));
    for (const key of ['A2', '', "A1' OR '1'='1", "A1'; DROP TABLE articles; --", '%'])
      expect(await read(source, key)).toEqual({ outcome: 'unknown' });
    expect(await read(source)).toEqual(price(1290, START));
  });

  it('is the new price at the next read without a cache, and after 60 seconds with one', async () => {
    const fresh = cacheSource(openSource(), { seconds: 0, now: () => time });
    const cached = cacheSource(openSource(), { seconds: 60, now: () => time });
    expect(await read(fresh)).toEqual(price(1290, START));
    expect(await read(cached)).toEqual(price(1290, START));
    openShop().prepare('UPDATE articles SET cents = 990').run();
    time += 59_999;
    expect(await read(fresh)).toEqual(price(990, time));
    expect(await read(cached)).toEqual(price(1290, START));
    time += 1;
    expect(await read(cached)).toEqual(price(990, time));
  });

  it('is that of the new file when the shop renames one over it', async () => {
    const source = openSource();
    await read(source);
    writeShop(`${file}.new`, 550);
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    renameSync(`${file}.new`, file);
    expect(await read(source)).toEqual(price(550, START));
  });

  it('changes nothing in the file, and lets the writer empty its log', async () => {
    const before = readFileSync(file);
    const source = openSource();
    await read(source);
    expect(readFileSync(file).equals(before)).toBe(true);
    const shop = openShop();
    shop.prepare('UPDATE articles SET cents = 1').run();
    await read(source);
    expect(shop.pragma('wal_checkpoint(TRUNCATE)')).toEqual([{ busy: 0, log: 0, checkpointed: 0 }]);
    await source.close();
    expect(await read(source)).toEqual(failed('closed'));
  });

  it('fails when the file is missing, and is found once it is there; none is made', async () => {
    rmSync(file);
    const source = openSource();
    expect(await read(source)).toEqual(failed('missing'));
    expect(existsSync(file)).toBe(false);
    writeShop(file, 70);
    expect(await read(source)).toEqual(price(70, START));
    rmSync(file);
    expect(await read(source)).toEqual(failed('missing'));
  });

  it('fails when the file is none of SQLite, or damaged, and says so', async () => {
    writeFileSync(file, 'My thesis, the only copy. '.repeat(200));
    const source = openSource();
    expect(await read(source)).toEqual(failed('not a database'));
    writeFileSync(file, '');
    expect(await read(source)).toEqual(failed('no such table'));
  });

  it.skipIf(process.getuid?.() === 0)('fails when the file may not be read', async () => {
    chmodSync(file, 0);
    expect(await read(openSource())).toEqual(failed('unable to open'));
  });

  it('waits for a locked file without holding the event loop, then fails; unlocked, it is read', async () => {
    rmSync(file);
    writeShop(file, 1290, 'delete');
    const source = openSource();
    const shop = openShop();
    shop.exec('BEGIN EXCLUSIVE');
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    expect(await read(source)).toEqual(failed('locked'));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
    const reading = read(source);
    shop.exec('UPDATE articles SET cents = 3; COMMIT');
    expect(await reading).toEqual(price(3, START));
  });

  it('is left by who leaves while it is locked', async () => {
    rmSync(file);
    writeShop(file, 1290, 'delete');
    openShop().exec('BEGIN EXCLUSIVE');
    const asker = new AbortController();
    const reading = openSource().read({ kind: 'price', key: 'A1' }, { signal: asker.signal });
    setImmediate(() => asker.abort());
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends a query that does not end, while this process goes on, and serves those who wait behind it', async () => {
    const source = openSource({ query: ENDLESS, timeLimitMs: 300 });
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    const slow = read(source, 'SLOW');
    const behind = read(source);
    expect(await slow).toEqual(failed('took more than 300 ms'));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
    expect(await behind).toEqual(price(1290, START));
    // The one that counted is dead: a new one answered.
    await vi.waitFor(() => expect(processesOn(file)).toHaveLength(1), { timeout: 10_000 });
    await source.close();
    expect(processesOn(file)).toEqual([]);
  });

  it('is left by who leaves while its query runs, and by who waits behind it', async () => {
    const source = openSource({ query: ENDLESS });
    for (const key of ['SLOW', 'A1']) {
      const asker = new AbortController();
      const reading = source.read({ kind: 'price', key }, { signal: asker.signal });
      setTimeout(() => asker.abort(), 20);
      await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    }
    await source.close();
    expect(processesOn(file)).toEqual([]);
  });

  it('rests when its query has to be ended again and again', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: START });
    const source = openSource({ query: ENDLESS, timeLimitMs: 100 });
    for (let times = 0; times < SQL_SETTINGS.slowUntilRest; times += 1)
      expect(await read(source, 'SLOW')).toEqual(failed('was ended'));
    expect(await read(source)).toEqual(failed('an index'));
    vi.setSystemTime(START + SQL_SETTINGS.restMs);
    expect(await read(source)).toEqual(price(1290, START));
  });
  afterEach(() => void vi.useRealTimers());

  it('fails when the process that asks dies, and is read by a new one afterwards', async () => {
    const source = openSource({ query: ENDLESS });
    expect(await read(source)).toEqual(price(1290, START));
    const dying = read(source, 'SLOW');
    const asking = await vi.waitFor(() => expectOneAtWork(file), { timeout: 10_000 });
    process.kill(asking, 'SIGKILL');
    expect(await dying).toEqual(failed('ended (SIGKILL)'));
    expect(await read(source)).toEqual(price(1290, START));
  });

  it('fails when a column is missing or holds something else', async () => {
    openShop().exec(`UPDATE articles SET cents = x'00ff'`);
    expect(await read(openSource())).toEqual(failed('not a number'));
    expect(await read(openSource({ query: 'SELECT code FROM articles WHERE code = @key' }))).toEqual(
      failed('no field cents'),
    );
  });
});

describe('the query of an SQL source', () => {
  it.each([
    QUERY,
    '  with one as (select * from articles) select * from one where code = @key',
    'SELECT cents FROM articles WHERE code = @key OR code = upper(@key) -- twice',
  ])('may be %s', async (query) => expect(await whyBadQuery(file, query)).toBeNull());

  it.each([
    ['DELETE FROM articles WHERE code = @key RETURNING *', 'begin with SELECT'],
    ['WITH one AS (SELECT 1) DELETE FROM articles WHERE code = @key RETURNING *', 'more than read'],
    ['ATTACH @key AS other', 'begin with SELECT'],
    ['PRAGMA table_info(articles)', 'begin with SELECT'],
    ['SELECT 1 WHERE @key; DROP TABLE articles', 'more than one statement'],
    ['SELECT * FROM articles', '@key'],
    ['SELECT * FROM articles WHERE code = ?', '@key'],
    ['SELECT * FROM articles WHERE code = @key AND pieces > @least', 'another parameter'],
    ['SELECT * FROM articles WHERE code = @key AND pieces > ?', 'another parameter'],
    ['SELECT * FROM customers WHERE code = @key', 'no such table'],
    ['SELECT FROM', 'syntax error'],
    ['SELECT load_extension(@key)', 'cannot be run'],
    ['', 'begin with SELECT'],
  ])('may not be %j', async (query, reason) => {
    const before = readFileSync(file);
    expect(await whyBadQuery(file, query)).toContain(reason);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(join(file, '..'))).not.toContain('A1');
  });

  it('is not judged while the file is missing, or when it does not end', async () => {
    expect(await whyBadQuery(`${file}.other`, QUERY)).toBeNull();
    const endless = ENDLESS.replace("'SLOW'", "''");
    expect(await whyBadQuery(file, endless, 200)).toBeNull();
  });
});
