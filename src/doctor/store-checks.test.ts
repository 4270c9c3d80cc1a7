import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../config.ts';
import { createSqliteKnowledgeStore } from '../stores/sqlite/knowledge-store.ts';
import { lockFolder } from '../stores/sqlite/lock-folder.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { testConfig } from '../testing/start-test-server.ts';
import { syntheticDocument } from '../testing/synthetic-knowledge.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { checkClock } from './check-clock.ts';
import { checkDataFolder } from './check-data-folder.ts';
import { judgeIndex } from './check-index.ts';
import { checkStore } from './check-store.ts';

let config: Config;
let path: string;
beforeEach(async () => {
  config = testConfig(temporaryFolder());
  path = join(config.data_dir, 'answerbox.sqlite');
});

async function fill(): Promise<void> {
  const database = openDatabase(path);
  for (const source of ['a', 'b', 'c'])
    await createSqliteKnowledgeStore(database).putDocument(
      syntheticDocument(source, [`Boots ${source}.`, 'Laces.']),
    );
  database.close();
}

describe('the store check', () => {
  it('is content before anything is stored, and makes no file', async () => {
    expect(await checkStore(config)).toMatchObject({ status: 'ok', message: 'nothing is stored yet' });
    expect(() => readFileSync(path)).toThrow('ENOENT');
  });

  it('finds a sound store sound, with commits that wait for the disk', async () => {
    await fill();
    expect(await checkStore(config)).toMatchObject({
      status: 'ok',
      fix: null,
      evidence: { problems: 0, synchronous: 'FULL' },
    });
  });

  it('finds a row that refers to nothing', async () => {
    await fill();
    const database = new Database(path);
    database.pragma('foreign_keys = OFF');
    database.exec(`DELETE FROM documents WHERE source = 'b'`);
    database.close();
    expect(await checkStore(config)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('refers to nothing in documents'),
    });
  });

  it('finds a keyword index that differs from the chunks', async () => {
    await fill();
    const database = new Database(path);
    database.exec(`UPDATE chunks SET text = 'Sandals.' WHERE ordinal = 1`);
    database.close();
    expect(await checkStore(config)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('keyword index'),
    });
  });

  it('finds damage in the pages, whatever the place', async () => {
    await fill();
    const bytes = readFileSync(path);
    for (let page = 1; page < bytes.length / 4096; page += 2)
      bytes.fill(0xaa, page * 4096, page * 4096 + 200);
    writeFileSync(path, bytes);
    const finding = await checkStore(config);
    expect(finding).toMatchObject({ status: 'failed', fix: expect.stringContaining('backup') });
  });

  it('finds a file that is no database', async () => {
    writeFileSync(path, 'not a database'.repeat(500));
    expect(await checkStore(config)).toMatchObject({ status: 'failed', evidence: { code: 'store_damaged' } });
    expect(await checkClock(config)).toMatchObject({ status: 'ok' });
  });
});

describe('the index check', () => {
  const EMBEDDER = 'm@1';
  const facts = { generation: 4, chunks: 6, staleChunks: 0, newestAt: null };
  const stamp = { embedder: EMBEDDER, dimensions: 4, generation: 4, live: 6, erased: [] };

  it('is content when index, store and embedder fit, or when there is nothing yet', () => {
    expect(judgeIndex(stamp, facts, EMBEDDER)).toMatchObject({ status: 'ok', fix: null });
    expect(judgeIndex(null, { ...facts, chunks: 0 }, EMBEDDER)).toMatchObject({ status: 'ok' });
  });

  it.each([
    ['missing', null, facts],
    ['another embedder', { ...stamp, embedder: 'm@2' }, facts],
    ['generation 3', { ...stamp, generation: 3 }, facts],
    ['difference', { ...stamp, live: 5 }, facts],
    ['embedded again', stamp, { ...facts, staleChunks: 2 }],
  ])('warns with "%s" and says that nothing is lost', (words, found, held) => {
    expect(judgeIndex(found, held, EMBEDDER)).toMatchObject({
      status: 'warning',
      message: expect.stringContaining(words),
      fix: expect.stringContaining('Nothing is lost'),
    });
  });
});

describe('the data folder check', () => {
  it('is content with a free folder, and with one that can be made, which it does not make', async () => {
    expect((await checkDataFolder(config)).status).toBe('ok');
    const missing = { ...config, data_dir: join(config.data_dir, 'new') };
    expect(await checkDataFolder(missing)).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('can be made'),
    });
    expect(() => readFileSync(missing.data_dir)).toThrow('ENOENT');
  });

  it('warns of a folder that a process holds, and names it', async () => {
    const lock = lockFolder(config.data_dir);
    expect(await checkDataFolder(config)).toMatchObject({
      status: 'warning',
      evidence: { pid: String(process.pid) },
    });
    lock.release();
  });

  it('fails where a file lies', async () => {
    const file = join(config.data_dir, 'file');
    writeFileSync(file, '');
    expect((await checkDataFolder({ ...config, data_dir: file })).status).toBe('failed');
  });
});
