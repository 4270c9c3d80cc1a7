import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { backupInspector } from '../composition/open-backups.ts';
import type { ModelManifest } from '../inference/model-registry.ts';
import { createHttpClient, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { restoreBackup } from './restore-backup.ts';

const QUESTIONS = [
  'How long can I return unworn goods?',
  'What is the highest amount that can be open when paying by invoice?',
  'How do I wash a down jacket?',
];
const reading = { inspector: backupInspector, secret: null };
let backup: Buffer;
let answers: unknown[];

/** A server on this folder that is closed again at the end of what is done with it. */
async function withServer<Result>(
  dataDir: string,
  work: (client: HttpClient, server: TestServer) => Promise<Result>,
  config = {},
): Promise<Result> {
  const server = await startTestServer({ dataDir, config: { stored_answers: false, ...config } });
  try {
    return await work(createHttpClient(server), server);
  } finally {
    await server.close();
  }
}

async function answersOf(client: HttpClient): Promise<unknown[]> {
  const shown: unknown[] = [];
  for (const message of QUESTIONS) {
    const { body } = await client.call('POST', '/api/v1/chat', { body: { message, mode: 'extractive' } });
    shown.push({ outcome: body.outcome, answer: body.answer, citations: body.citations });
  }
  return shown;
}

const faultsOf = async (client: HttpClient): Promise<{ part: string; state: string }[]> =>
  (await client.call('GET', '/readyz')).body.faults;

async function restored(): Promise<string> {
  const folder = temporaryFolder();
  const path = join(temporaryFolder(), 'demo.backup');
  writeFileSync(path, backup);
  await restoreBackup(path, folder, { ...reading, replace: false });
  return folder;
}

beforeAll(async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'answerbox-test-')), 'data');
  await withServer(folder, async (client, server) => {
    answers = await answersOf(client);
    expect(answers[0]).toMatchObject({ outcome: 'answered' });
    expect(await faultsOf(client)).toEqual([]);
    const response = await fetch(`${server.url}/api/v1/backups`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.adminKey}` },
    });
    expect(response.status).toBe(200);
    backup = Buffer.from(await response.arrayBuffer());
    const { body } = await client.call('GET', '/api/v1/backups', { key: server.adminKey });
    expect(body).toEqual({ running: false, failure: null, backups: [] });
  });
});

it('a backup that the server sent, in an empty folder: the same answers, and nothing to complain of', async () => {
  await withServer(await restored(), async (client) => {
    expect(await answersOf(client)).toEqual(answers);
    expect(await faultsOf(client)).toEqual([]);
  });
});

it('a damaged vector index and damaged LMDB files heal at the start, and readyz tells of it', async () => {
  const folder = await restored();
  await withServer(folder, async () => undefined);
  const vectors = join(folder, 'vectors');
  const graph = readdirSync(vectors).find((name) => name.endsWith('.hnsw'))!;
  flip(join(vectors, graph));
  flip(join(folder, 'memory', 'personal', 'data.mdb'));
  await withServer(folder, async (client) => {
    expect(await answersOf(client)).toEqual(answers);
    expect(await faultsOf(client)).toMatchObject([
      { part: 'memory', state: 'healed' },
      { part: 'index', state: 'healed' },
    ]);
  });
  expect(readdirSync(join(folder, 'memory')).some((name) => name.startsWith('personal-damaged-'))).toBe(true);
});

it('a damaged generator leaves extractive answers; another damaged model refuses to start', async () => {
  const folder = await restored();
  const models = copyModels('generator');
  await withServer(
    folder,
    async (client) => {
      expect(await faultsOf(client)).toMatchObject([{ part: 'generator', state: 'failing' }]);
      expect((await client.ask(QUESTIONS[0]!, {})).mode).toBe('extractive');
    },
    { models_dir: models },
  );
  await expect(
    withServer(folder, async () => undefined, { models_dir: copyModels('reader') }),
  ).rejects.toMatchObject({
    code: 'model_damaged',
  });
});

it('a damaged page of the database stops what needs it, not the rest; readyz tells, and a restore heals', async () => {
  const folder = await restored();
  const path = join(folder, 'answerbox.sqlite');
  const database = new Database(path);
  database.pragma('journal_mode = DELETE');
  const page = database
    .prepare(`SELECT rootpage FROM sqlite_master WHERE name = 'messages'`)
    .pluck()
    .get() as number;
  const size = database.pragma('page_size', { simple: true }) as number;
  database.close();
  const bytes = readFileSync(path);
  bytes.fill(0xff, (page - 1) * size, page * size);
  writeFileSync(path, bytes);
  await withServer(folder, async (client, server) => {
    const key = server.adminKey;
    const found = await client.call('POST', '/api/v1/search', {
      body: { query: 'return unworn goods' },
      key,
    });
    expect(found).toMatchObject({ status: 200, body: { results: expect.any(Array) } });
    const chat = await client.call('POST', '/api/v1/chat', { body: { message: QUESTIONS[0] } });
    expect(chat).toMatchObject({ status: 500, body: { error: { code: 'store_damaged' } } });
    expect(JSON.stringify(chat.body)).not.toContain('SQLITE');
    expect(await faultsOf(client)).toMatchObject([{ part: 'store', state: 'failing' }]);
    const refused = await client.call('POST', '/api/v1/backups', { key });
    expect(refused).toMatchObject({ status: 500, body: { error: { code: 'store_damaged' } } });
  });
  const file = join(temporaryFolder(), 'demo.backup');
  writeFileSync(file, backup);
  await restoreBackup(file, folder, { ...reading, replace: true });
  await withServer(folder, async (client) => {
    expect(await answersOf(client)).toEqual(answers);
    expect(await faultsOf(client)).toEqual([]);
  });
});

it('a disk that is read-only is refused at the start by name', async () => {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    // Only root may mount.
    return;
  }
  onTestFinished(() => void execFileSync('umount', [folder]));
  await expect(withServer(folder, async () => undefined)).rejects.toMatchObject({
    code: 'data_folder_unusable',
  });
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.byteLength >> 1]! ^= 0x10;
  writeFileSync(path, bytes);
}

/** The built-in models by links, but for the weights of one, which are a damaged copy. */
function copyModels(damaged: string): string {
  const [from, to] = [resolve('models'), temporaryFolder()];
  const manifest = JSON.parse(readFileSync(join(from, 'manifest.json'), 'utf8')) as ModelManifest;
  const hurt = manifest.models.find(({ role }) => role === damaged)!.file;
  const link = (below: string): void => {
    mkdirSync(join(to, below), { recursive: true });
    for (const name of readdirSync(join(from, below))) {
      const path = join(below, name);
      if (path === hurt) copyFileSync(join(from, path), join(to, path));
      else if (statSync(join(from, path)).isDirectory() && hurt.startsWith(`${path}/`)) link(path);
      else symlinkSync(join(from, path), join(to, path));
    }
  };
  link('');
  mkdirSync(dirname(join(to, hurt)), { recursive: true });
  flip(join(to, hurt));
  return to;
}
