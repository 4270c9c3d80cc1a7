import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { hasCode } from '../errors.ts';
import { createModelHost, type ProcessModelHost } from './model-client.ts';
import { loadManifest } from './model-registry.ts';

const modelsDir = fileURLToPath(new URL('../../models', import.meta.url));
const ENDLESS = {
  system: 'You count.',
  user: 'Write all numbers from 1 to 500, each on a line: 1\n2\n3\n4\n5\n6\n7\n8',
};
let host: ProcessModelHost | undefined;

afterEach(() => host?.close());

async function start(folder = modelsDir): Promise<ProcessModelHost> {
  host = createModelHost({ manifest: await loadManifest(folder), generator: 'builtin' });
  return host;
}

/** Kills the model process as soon as text comes; gives what the call ended with. */
async function killWhileWriting(models: ProcessModelHost, signal: NodeJS.Signals): Promise<unknown> {
  try {
    for await (const event of models.generator!.generate(ENDLESS, { maxTokens: 1_500 })) {
      if (event.type === 'text') process.kill(models.processId()!, signal);
    }
    return null;
  } catch (error) {
    return error;
  }
}

test('killed and aborted in mid-text: the call says model_failed, the next works, the third opens the breaker', async () => {
  const models = await start();
  await models.ready();
  for (const signal of ['SIGKILL', 'SIGABRT'] as const) {
    const error = await killWhileWriting(models, signal);
    expect(hasCode(error, 'model_failed') && error.details['reason']).toContain(signal);
    const [vector] = await models.embedder.embed(['Is it back?']);
    expect(vector).toHaveLength(384);
    expect(models.health()).toMatchObject({ state: 'ready', lastFailure: expect.stringContaining(signal) });
  }
  expect(hasCode(await killWhileWriting(models, 'SIGKILL'), 'model_failed')).toBe(true);
  expect(models.health()).toMatchObject({ state: 'failed', restarts: 2, residentBytes: 0 });
  const refused = await models.embedder.embed(['now?']).catch((error: unknown) => error);
  expect(hasCode(refused, 'models_unavailable') && Number(refused.details['seconds'])).toBeGreaterThan(0);
  await expect(models.ready()).rejects.toMatchObject({ code: 'model_failed' });
});

test('a text that waited its turn outlives the crash of the one before it', async () => {
  const models = await start();
  await models.ready();
  const crashed = killWhileWriting(models, 'SIGKILL');
  const waited = (async () => {
    for await (const event of models.generator!.generate(ENDLESS, { maxTokens: 3 }))
      if (event.type === 'end') return event;
    return null;
  })();
  expect(hasCode(await crashed, 'model_failed')).toBe(true);
  expect(await waited).toMatchObject({ generatedTokens: 3 });
});

test('a call before the models are loaded waits for them, and closing ends it', async () => {
  const models = await start();
  expect(models.health().state).toBe('starting');
  expect(await models.embedder.embed(['early'])).toHaveLength(1);
  await models.close();
  expect(models.health().state).toBe('stopped');
  expect(models.processId()).toBeNull();
  const late = await models.embedder.embed(['late']).catch((error: unknown) => error);
  expect(hasCode(late, 'cancelled')).toBe(true);
});

test('weights that cannot be loaded are named, and the program goes on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'answerbox-models-'));
  try {
    await cp(join(modelsDir, 'manifest.json'), join(folder, 'manifest.json'));
    await symlink(join(modelsDir, 'embedder'), join(folder, 'embedder'));
    await symlink(join(modelsDir, 'reader'), join(folder, 'reader'));
    const models = await start(folder);
    await expect(models.ready()).rejects.toMatchObject({ code: 'model_missing' });
    expect(models.health().state).not.toBe('ready');
  } finally {
    await rm(folder, { recursive: true });
  }
});
