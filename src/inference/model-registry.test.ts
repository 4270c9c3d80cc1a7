import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AnswerboxError } from '../errors.ts';
import {
  findModel,
  identityOf,
  loadManifest,
  missingRoles,
  modelWithRole,
  tokenizerPath,
  verifyModels,
} from './model-registry.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const entry = {
  role: 'embedder',
  name: 'mini',
  file: 'weights.bin',
  sha256: sha256('weights'),
  bytes: 7,
  files: [{ path: 'tokenizer.json', sha256: sha256('{}') }],
  licence: 'Apache-2.0',
  base: 'none',
  format: 'onnx',
  dimensions: 384,
  context_tokens: 256,
  prompt_format: null,
};
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answerbox-registry-'));
  await writeFile(join(folder, 'weights.bin'), 'weights');
  await writeFile(join(folder, 'tokenizer.json'), '{}');
  await manifest({ schema: 1, models: [entry] });
});
afterEach(() => rm(folder, { recursive: true }));

async function manifest(value: unknown): Promise<void> {
  await writeFile(join(folder, 'manifest.json'), typeof value === 'string' ? value : JSON.stringify(value));
}

async function failure(work: Promise<unknown>): Promise<AnswerboxError> {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(AnswerboxError);
  return error as AnswerboxError;
}

test('a whole folder is read and verified, each file once', async () => {
  const loaded = await loadManifest(folder);
  const files: string[] = [];
  await verifyModels(loaded, { onFile: ({ path }) => files.push(path) });
  expect(files).toEqual(['weights.bin', 'tokenizer.json']);
  const model = modelWithRole(loaded, 'embedder');
  expect(identityOf(model)).toBe(`mini@${entry.sha256}`);
  expect(tokenizerPath(loaded, model)).toBe(join(folder, 'tokenizer.json'));
});

test('roles that no model has are named', async () => {
  const loaded = await loadManifest(folder);
  expect(findModel(loaded, 'verifier')).toBeNull();
  expect(missingRoles(loaded)).toEqual(['reader', 'verifier', 'intents', 'generator']);
});

test('one flipped bit is found and named with both sums', async () => {
  await writeFile(join(folder, 'weights.bin'), 'weightr');
  const error = await failure(verifyModels(await loadManifest(folder)));
  expect(error.code).toBe('model_damaged');
  expect(error.details).toEqual({
    file: join(folder, 'weights.bin'),
    found: sha256('weightr'),
    expected: sha256('weights'),
  });
});

test('a missing file and a missing manifest are named', async () => {
  const loaded = await loadManifest(folder);
  await rm(join(folder, 'tokenizer.json'));
  const error = await failure(verifyModels(loaded));
  expect([error.code, error.details['file']]).toEqual(['model_missing', join(folder, 'tokenizer.json')]);
  await rm(join(folder, 'manifest.json'));
  expect((await failure(loadManifest(folder))).code).toBe('model_missing');
});

test.each([
  ['no JSON', '{', /JSON/],
  ['another schema', { schema: 2, models: [entry] }, /schema/],
  ['no models', { schema: 1, models: [] }, /models/],
  ['a bad sum', { schema: 1, models: [{ ...entry, sha256: 'abc' }] }, /sha256/],
  [
    'another prompt template',
    { schema: 1, models: [{ ...entry, prompt_format: { template: '../alpaca' } }] },
    /prompt_format/,
  ],
  [
    'a path upwards',
    { schema: 1, models: [{ ...entry, file: '../weights.bin' }] },
    /leaves the models folder/,
  ],
  [
    'an absolute path',
    { schema: 1, models: [{ ...entry, files: [{ path: '/etc/hosts', sha256: entry.sha256 }] }] },
    /leaves/,
  ],
])('a manifest with %s is refused with the reason', async (_, value, reason) => {
  await manifest(value);
  const error = await failure(loadManifest(folder));
  expect(error.code).toBe('model_manifest_invalid');
  expect(error.message).toMatch(reason);
});

test('a role that nobody has is named', async () => {
  const loaded = await loadManifest(folder);
  expect(() => modelWithRole(loaded, 'generator')).toThrow(/no model with the role "generator"/);
});

test('an abort ends the verification', async () => {
  const error = await failure(verifyModels(await loadManifest(folder), { signal: AbortSignal.abort() }));
  expect(error.code).toBe('cancelled');
});
