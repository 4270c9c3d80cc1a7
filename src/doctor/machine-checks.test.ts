import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { testConfig } from '../testing/start-test-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { judgeClock } from './check-clock.ts';
import { judgeCpu } from './check-cpu.ts';
import { judgeDisk, nearestFolder } from './check-disk.ts';
import { checkMemory } from './check-memory.ts';
import { checkModels } from './check-models.ts';
import { checkNode } from './check-node.ts';
import { checkPort } from './check-port.ts';

const NEVER = new AbortController().signal;

it.each([
  ['v20.19.0', 'ok'],
  ['v20.18.3', 'failed'],
  ['v18.20.8', 'failed'],
  ['v22.1.0', 'ok'],
  ['v24.0.0', 'ok'],
])('says %s is %s', (version, status) => {
  const finding = checkNode(version);
  expect(finding.status).toBe(status);
  expect(finding.fix === null).toBe(status === 'ok');
});

const MODERN = 'processor : 0\nflags\t\t: fpu sse4_2 avx avx2 avx512f avx512_vnni amx_tile\nbugs : none\n';
const cpu = { architecture: 'x64', cores: 4, name: 'Some CPU', table: MODERN };

it('names what the processor can do, and warns of what it lacks', () => {
  expect(judgeCpu(cpu)).toMatchObject({
    status: 'ok',
    message: 'Some CPU, 4 cores, AVX2, AVX-512, VNNI, AMX',
    evidence: { avx2: true, amx: true },
  });
  expect(judgeCpu({ ...cpu, table: MODERN.replaceAll(/avx\w*|amx\w*/g, '') })).toMatchObject({
    status: 'warning',
    evidence: { avx2: false },
  });
  // A flag must not pass for another that begins with the same letters.
  expect(judgeCpu({ ...cpu, table: 'flags : avx avx2x' })).toMatchObject({ status: 'warning' });
  expect(judgeCpu({ ...cpu, table: null })).toMatchObject({ status: 'warning' });
  expect(judgeCpu({ ...cpu, cores: 1 })).toMatchObject({ status: 'warning' });
  expect(judgeCpu({ ...cpu, architecture: 'arm64', table: 'Features : fp asimd asimddp' })).toMatchObject({
    status: 'ok',
  });
});

it('judges memory and disk by what is free', () => {
  expect([4e9, 1e9, 1e8].map((free) => checkMemory(free).status)).toEqual(['ok', 'warning', 'failed']);
  expect([4e9, 5e8, 5e7].map((free) => judgeDisk('/data', free).status)).toEqual(['ok', 'warning', 'failed']);
  expect(judgeDisk('/data', 5e7).message).toContain('50 MB');
  const folder = temporaryFolder();
  expect(nearestFolder(join(folder, 'not', 'yet', 'there'))).toBe(folder);
});

it('believes no clock that is before this version or before what was stored', () => {
  const now = new Date('2027-03-01T10:00:00Z');
  expect(judgeClock(now, null).status).toBe('ok');
  expect(judgeClock(now, '2027-03-01T10:01:00Z').status).toBe('ok');
  expect(judgeClock(now, '2027-03-01T11:00:00Z')).toMatchObject({
    status: 'warning',
    evidence: { newest_row: '2027-03-01T11:00:00Z' },
  });
  expect(judgeClock(new Date('1970-01-01'), null).status).toBe('failed');
});

it('finds a model file that is damaged or missing', async () => {
  const folder = temporaryFolder();
  const weights = Buffer.from('weights');
  const sha256 = createHash('sha256').update(weights).digest('hex');
  const entry = {
    role: 'embedder',
    name: 'm',
    file: 'm.onnx',
    sha256,
    bytes: weights.length,
    files: [],
    licence: 'Apache-2.0',
    base: '',
    format: 'onnx',
    dimensions: 4,
    context_tokens: 8,
    prompt_format: null,
  };
  mkdirSync(join(folder, 'models'));
  const list = (...roles: string[]): void => {
    const models = roles.map((role) => ({ ...entry, role }));
    writeFileSync(join(folder, 'models', 'manifest.json'), JSON.stringify({ schema: 1, models }));
  };
  list('embedder', 'reader', 'verifier', 'intents', 'generator');
  writeFileSync(join(folder, 'models', 'm.onnx'), weights);
  const config = testConfig(folder, { models_dir: join(folder, 'models') });
  expect(await checkModels(config, NEVER)).toMatchObject({ status: 'ok', evidence: { files: 1, bytes: 7 } });
  list('embedder', 'reader');
  const lacking = await checkModels(config, NEVER);
  expect(lacking).toMatchObject({ status: 'warning', evidence: { missing: 'verifier, intents, generator' } });
  const extractive = await checkModels({ ...config, generator: 'none' }, NEVER);
  expect(extractive).toMatchObject({ status: 'warning', evidence: { missing: 'verifier, intents' } });
  writeFileSync(join(folder, 'models', 'm.onnx'), 'Weights');
  expect(await checkModels(config, NEVER)).toMatchObject({
    status: 'failed',
    evidence: { code: 'model_damaged' },
    fix: expect.stringContaining('git checkout models'),
  });
  expect(await checkModels({ ...config, models_dir: folder }, NEVER)).toMatchObject({
    status: 'failed',
    evidence: { code: 'model_missing' },
  });
});

it('finds a port that another program holds', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void holder.close());
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const config = testConfig(temporaryFolder());
  expect(await checkPort({ ...config, port })).toMatchObject({
    status: 'failed',
    fix: expect.stringContaining('ANSWERBOX_PORT'),
  });
  holder.close();
  await once(holder, 'close');
  expect(await checkPort({ ...config, port })).toMatchObject({ status: 'ok' });
});
