import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it, vi } from 'vitest';
import { newSession } from '../../answer/session.ts';
import { filesHolding } from '../../testing/folder-bytes.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { cacheSuite } from '../suites/cache.suite.ts';
import { customerMemorySuite } from '../suites/customer-memory.suite.ts';
import { sessionStoreSuite } from '../suites/session-store.suite.ts';
import { CACHE_LIMITS } from './memory-settings.ts';
import { openMemory, type OpenMemoryOptions } from './open-memory.ts';

// Real disks and processes of their own: how long they take says nothing about whether they are right.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** Folders of suites outlive their `open`: they go when the test is over. */
const openIn = (options: Omit<OpenMemoryOptions, 'folder'>) =>
  openMemory({ folder: temporaryFolder(), ...options });

cacheSuite('LMDB', async (options) => {
  const { cache, close } = await openIn(options);
  return { store: cache, close };
});
sessionStoreSuite('LMDB', async ({ now, timeToLive }) => {
  const { sessions, close } = await openIn({ now, sessionTimeToLive: timeToLive });
  return { store: sessions, close };
});
customerMemorySuite('LMDB', async (options) => {
  const { customers, close } = await openIn(options);
  return { store: customers, close };
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (value: Uint8Array | null): string | null => value && Buffer.from(value).toString();

async function fill(folder: string): Promise<void> {
  const memory = await openMemory({ folder });
  await memory.cache.put('answer', 'returns', 'v', bytes('60 days'));
  await memory.cache.get('answer', 'returns', 'v');
  await memory.cache.get('answer', 'nothing', 'v');
  await memory.sessions.put({ ...newSession('one'), products: ['TB-204'] });
  await memory.customers.setConsent('ada', true);
  await memory.customers.note('ada', { name: 'city', value: 'Bern' });
  await memory.close();
}

async function openLogged(folder: string) {
  const lines: string[] = [];
  const memory = await openMemory({ folder, log: (level, message) => lines.push(`${level}: ${message}`) });
  return { memory, lines };
}

describe('the memory', () => {
  it('holds over a close what it held, hits and misses too', async () => {
    const folder = temporaryFolder();
    await fill(folder);
    const { memory, lines } = await openLogged(folder);
    expect(textOf(await memory.cache.get('answer', 'returns', 'v'))).toBe('60 days');
    expect((await memory.cache.counts()).answer).toEqual({ entries: 1, hits: 2, misses: 1 });
    expect((await memory.sessions.get('one'))?.products).toEqual(['TB-204']);
    expect(await memory.customers.facts('ada')).toMatchObject([{ name: 'city', value: 'Bern' }]);
    await memory.close();
    expect(lines).toEqual([]);
  });

  it('is not opened twice in one process, and again once it is closed', async () => {
    const folder = temporaryFolder();
    const first = await openMemory({ folder });
    await expect(openMemory({ folder })).rejects.toMatchObject({ code: 'data_folder_locked' });
    await first.customers.setConsent('ada', true);
    await first.close();
    const second = await openMemory({ folder });
    expect(await second.customers.hasConsent('ada')).toBe(true);
    await second.close();
    await expect(second.customers.hasConsent('ada')).rejects.toMatchObject({ code: 'storage_failed' });
  });

  it('answers a question when a cache cannot be used: nothing is found, and the log says why', async () => {
    const { memory, lines } = await openLogged(temporaryFolder());
    await memory.close();
    await memory.cache.put('answer', 'returns', 'v', bytes('60 days'));
    expect(await memory.cache.get('answer', 'returns', 'v')).toBeNull();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^warn: A cache could not be used: .*it is closed/);
  });

  it('goes on with the order of use after a start: the least recently stored goes first', async () => {
    const folder = temporaryFolder();
    let time = 1_000;
    const limits = { ...CACHE_LIMITS, answer: { ...CACHE_LIMITS.answer, entries: 3 } };
    const open = () => openMemory({ folder, limits, now: () => time++ });
    const first = await open();
    for (const key of ['z', 'y', 'x']) await first.cache.put('answer', key, 'v', bytes(key));
    await first.close();
    const second = await open();
    await second.cache.put('answer', 'w', 'v', bytes('w'));
    expect(await second.cache.get('answer', 'z', 'v')).toBeNull();
    expect(textOf(await second.cache.get('answer', 'y', 'v'))).toBe('y');
    await second.close();
  });

  it('stays bounded over 100,000 puts, in entries and on the disk', async () => {
    const folder = temporaryFolder();
    const limits = { ...CACHE_LIMITS, embedding: { ...CACHE_LIMITS.embedding, entries: 1_000 } };
    const memory = await openMemory({ folder, limits });
    const value = new Uint8Array(200).fill(7);
    for (let batch = 0; batch < 10; batch++) {
      const keys = Array.from({ length: 10_000 }, (_, place) => `${batch}:${place}`);
      await Promise.all(keys.map((key) => memory.cache.put('embedding', key, 'v', value)));
    }
    expect((await memory.cache.counts()).embedding.entries).toBe(1_000);
    expect(await memory.cache.get('embedding', '9:9999', 'v')).toEqual(Buffer.from(value));
    expect(await memory.cache.get('embedding', '8:9999', 'v')).toBeNull();
    await memory.close();
    // A thousand entries take 0.3 MB; what two batches and their free pages take is the room for change.
    expect(statSync(join(folder, 'memory', 'caches', 'data.mdb')).size).toBeLessThan(4_000_000);
    const again = await openMemory({ folder, limits });
    expect((await again.cache.counts()).embedding.entries).toBe(1_000);
    await again.close();
  });
});

describe('forgetting answers', () => {
  it('leaves not a byte of them, and all else', async () => {
    const folder = temporaryFolder();
    const memory = await openMemory({ folder });
    await memory.cache.put('answer', 'returns', 'v', bytes('wombatmarzipan within 60 days'));
    await memory.cache.put('retrieval', 'returns', 'v', bytes('[1]'));
    await memory.forgetAnswers();
    await memory.forgetAnswers();
    expect(await memory.cache.get('answer', 'returns', 'v')).toBeNull();
    expect(textOf(await memory.cache.get('retrieval', 'returns', 'v'))).toBe('[1]');
    await memory.cache.put('answer', 'returns', 'v', bytes('30 days'));
    expect(textOf(await memory.cache.get('answer', 'returns', 'v'))).toBe('30 days');
    await memory.close();
    expect(filesHolding(folder, 'wombatmarzipan')).toEqual([]);
  });
});

describe('erasing a customer', () => {
  it('leaves not a byte in any file, not even of facts that were replaced before', async () => {
    const folder = temporaryFolder();
    const memory = await openMemory({ folder });
    await memory.customers.setConsent('ada', true);
    await memory.customers.setConsent('bob', true);
    await memory.customers.note('bob', { name: 'city', value: 'Bern' });
    await memory.customers.note('ada', { name: 'pet', value: 'zanzibarquokka' });
    await memory.customers.note('ada', { name: 'pet', value: 'lesserwombat' });
    expect(filesHolding(folder, 'lesserwombat')).toEqual(['memory/personal/data.mdb']);
    await memory.customers.erase('ada');
    expect(filesHolding(folder, 'zanzibarquokka')).toEqual([]);
    expect(filesHolding(folder, 'lesserwombat')).toEqual([]);
    expect(await memory.customers.facts('bob')).toHaveLength(1);
    await memory.customers.note('bob', { name: 'city', value: 'Basel' });
    await memory.close();
    const again = await openMemory({ folder });
    expect(await again.customers.facts('bob')).toMatchObject([{ value: 'Basel' }]);
    await again.close();
  });

  it('drops the bytes of removed sessions on request', async () => {
    const folder = temporaryFolder();
    const memory = await openMemory({ folder });
    await memory.sessions.put({ ...newSession('one'), summary: 'zanzibarquokka' });
    await memory.sessions.remove('one');
    await memory.dropRemovedBytes();
    expect(filesHolding(folder, 'zanzibarquokka')).toEqual([]);
    await memory.close();
  });

  it('keeps every fact that others note meanwhile', async () => {
    const memory = await openMemory({ folder: temporaryFolder() });
    const people = Array.from({ length: 10 }, (_, place) => `customer ${place}`);
    await Promise.all(people.map((person) => memory.customers.setConsent(person, true)));
    const noted = people.map((person) => memory.customers.note(person, { name: 'n', value: person }));
    const erased = ['a', 'b', 'c'].map((person) => memory.customers.erase(person));
    const later = people.map((person) => memory.customers.note(person, { name: 'm', value: person }));
    expect(await Promise.all([...noted, ...later])).toEqual(Array.from({ length: 20 }, () => true));
    await Promise.all(erased);
    for (const person of people) expect(await memory.customers.facts(person)).toHaveLength(2);
    await memory.close();
  });
});

describe('a damaged file', () => {
  const damages: [string, (path: string) => void][] = [
    ['is no database', (path) => writeFileSync(path, 'My thesis, the only copy. '.repeat(400))],
    ['is empty but for zeros', (path) => writeFileSync(path, Buffer.alloc(65_536))],
    ['is cut short', (path) => truncateSync(path, 8_192)],
    ['has one flipped bit', flipBit],
  ];

  it.each(damages)('that %s is moved aside, told of, and begun anew', async (_, damage) => {
    const folder = temporaryFolder();
    await fill(folder);
    const path = join(folder, 'memory', 'answers', 'data.mdb');
    damage(path);
    const damaged = readFileSync(path);
    const { memory, lines } = await openLogged(folder);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^error: The store at .*answers is damaged \(.+\)\. It was moved to /);
    expect(await memory.cache.get('answer', 'returns', 'v')).toBeNull();
    await memory.cache.put('answer', 'returns', 'v', bytes('30 days'));
    expect(textOf(await memory.cache.get('answer', 'returns', 'v'))).toBe('30 days');
    // The other environment is not touched by it.
    expect(await memory.customers.facts('ada')).toHaveLength(1);
    await memory.close();
    const aside = readdirSync(join(folder, 'memory')).find((name) => name.startsWith('answers-damaged-'));
    expect(readFileSync(join(folder, 'memory', aside!, 'data.mdb')).equals(damaged)).toBe(true);
  });

  it('of a process that was killed is looked through by another process before it is opened', async () => {
    const folder = temporaryFolder();
    await fill(folder);
    const personal = join(folder, 'memory', 'personal');
    unseal(personal);
    truncateSync(join(personal, 'data.mdb'), 9_000);
    const { memory, lines } = await openLogged(folder);
    expect(lines[0]).toMatch(/personal is damaged/);
    expect(await memory.customers.hasConsent('ada')).toBe(false);
    expect(textOf(await memory.cache.get('answer', 'returns', 'v'))).toBe('60 days');
    await memory.close();
  });

  it.each([
    ['half a seal', (path: string) => writeFileSync(join(path, 'closed.sha256'), 'a1b2')],
    ['an empty seal', (path: string) => writeFileSync(join(path, 'closed.sha256'), '')],
  ])('is not seen in a sound one with %s', async (_, change) => {
    const folder = temporaryFolder();
    await fill(folder);
    change(join(folder, 'memory', 'personal'));
    const { memory, lines } = await openLogged(folder);
    expect(lines).toEqual([]);
    expect(await memory.customers.hasConsent('ada')).toBe(true);
    await memory.close();
  });

  it('is not seen where there is no file but a seal', async () => {
    const folder = temporaryFolder();
    await fill(folder);
    rmSync(join(folder, 'memory', 'answers', 'data.mdb'));
    const { memory, lines } = await openLogged(folder);
    expect(lines).toEqual([]);
    expect((await memory.cache.counts()).answer.entries).toBe(0);
    await memory.close();
  });

  it('with a flipped bit in a value never serves that value, though nothing else shows it', async () => {
    const folder = temporaryFolder();
    await fill(folder);
    const answers = join(folder, 'memory', 'answers');
    unseal(answers);
    const path = join(answers, 'data.mdb');
    const content = readFileSync(path);
    for (let place = content.indexOf('60 days'); place >= 0; place = content.indexOf('60 days', place))
      content[place] = 0x39;
    writeFileSync(path, content);
    const { memory } = await openLogged(folder);
    expect(await memory.cache.get('answer', 'returns', 'v')).toBeNull();
    await memory.close();
  });
});

describe('a killed process', () => {
  it('leaves a store that opens and holds every fact that was acknowledged', async () => {
    const folder = temporaryFolder();
    const acknowledged = await killInMidWrite(await buildWriter(WRITER, folder), folder);
    expect(acknowledged).toBeGreaterThanOrEqual(20);
    const { memory, lines } = await openLogged(folder);
    expect(lines).toEqual([]);
    const facts = await memory.customers.facts('ada');
    for (let place = Math.max(0, acknowledged - 10); place < acknowledged; place++)
      expect(facts.map(({ name }) => name)).toContain(`fact ${place}`);
    expect(await memory.customers.note('ada', { name: 'after', value: 'x' })).toBe(true);
    await memory.close();
  });

  it('leaves the limits as they were spent', async () => {
    const folder = temporaryFolder();
    const spent = await killInMidWrite(await buildWriter(SPENDER, folder), folder);
    expect(spent).toBeGreaterThanOrEqual(20);
    const { memory, lines } = await openLogged(folder);
    expect(lines).toEqual([]);
    const kept = await memory.allowances.get('v ada');
    expect(kept!.left).toBeLessThanOrEqual(1000 - spent);
    await memory.close();
  });
});

const WRITER = `
  import { openMemory } from './open-memory.ts';
  const write = async (folder) => {
    const memory = await openMemory({ folder });
    await memory.customers.setConsent('ada', true);
    const noise = async (name) => {
      for (let n = 0; ; n++) await memory.cache.put('answer', name + n, 'v', new Uint8Array(3000));
    };
    for (const name of ['a', 'b', 'c', 'd']) void noise(name);
    for (let place = 0; ; place++) {
      await memory.customers.note('ada', { name: 'fact ' + place, value: 'x'.repeat(400) });
      process.stdout.write(place + '\\n');
    }
  };
  void write(process.argv[2]);
`;

/** Written behind: a line for each that is in the file. */
const SPENDER = `
  import { openMemory } from './open-memory.ts';
  const spend = async (folder) => {
    const { allowances } = await openMemory({ folder });
    for (let left = 999; ; left--) {
      allowances.put('v ada', { left, at: Date.now() });
      while ((await allowances.get('v ada'))?.left !== left) await new Promise(setImmediate);
      process.stdout.write(left + '\\n');
    }
  };
  void spend(process.argv[2]);
`;

/** @returns the script, which takes a folder */
async function buildWriter(contents: string, folder: string): Promise<string> {
  const script = join(folder, 'writer.cjs');
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['lmdb'],
    outfile: script,
    logLevel: 'error',
    logOverride: { 'empty-import-meta': 'silent' },
  });
  return script;
}

/** Kills the writer after some facts; resolves to how many it had acknowledged. */
async function killInMidWrite(script: string, folder: string): Promise<number> {
  const child = spawn(process.execPath, [script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_PATH: join(import.meta.dirname, '../../../node_modules') },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > 20) child.kill('SIGKILL');
  });
  const [code, signal] = await once(child, 'close');
  expect([code, signal]).toEqual([null, 'SIGKILL']);
  return output.split('\n').length - 1;
}

function flipBit(path: string): void {
  const content = readFileSync(path);
  const place = Math.floor(content.length / 2);
  content[place] = (content[place] ?? 0) ^ 0b100;
  writeFileSync(path, content);
}

/** As if the process had ended without closing. */
function unseal(path: string): void {
  const seal = join(path, 'closed.sha256');
  expect(readFileSync(seal, 'utf8')).toMatch(/^[0-9a-f]{64}$/);
  rmSync(seal);
}
