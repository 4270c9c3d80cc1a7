import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, isAbsolute } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { AnswerboxError, hasCode, reasonOf, throwIfCancelled } from '../errors.ts';

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** How a generator is asked, and how it answers. */
const PromptFormatSchema = Type.Object({
  /** Name of a prompt template: a file of data/prompts, or of prompts/ in the data folder. */
  template: Type.String({ pattern: '^[\\w-]{1,64}$' }),
  answer: Type.Optional(Type.String()),
});

const ModelEntrySchema = Type.Object({
  role: Type.String({ minLength: 1 }),
  name: Type.String({ minLength: 1 }),
  /** The weights, relative to the models folder, with forward slashes. */
  file: Type.String({ minLength: 1 }),
  sha256: Sha256,
  bytes: Type.Integer({ minimum: 1 }),
  /** Everything the model needs besides the weights: tokenizer, configuration. */
  files: Type.Array(Type.Object({ path: Type.String({ minLength: 1 }), sha256: Sha256 })),
  licence: Type.String({ minLength: 1 }),
  base: Type.String(),
  format: Type.String(),
  dimensions: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Left out where the input is no text. */
  context_tokens: Type.Optional(Type.Integer({ minimum: 1 })),
  /** What the outputs of a classifier mean, column by column. */
  labels: Type.Optional(
    Type.Object({
      intents: Type.Array(Type.String({ minLength: 1 }), { minItems: 2 }),
      acts: Type.Array(Type.String({ minLength: 1 }), { minItems: 2 }),
    }),
  ),
  prompt_format: Type.Union([PromptFormatSchema, Type.Null()]),
});

const ManifestSchema = Type.Object({
  schema: Type.Literal(1),
  models: Type.Array(ModelEntrySchema, { minItems: 1 }),
});

/** What the product has work for; a manifest may list further roles, which nothing asks for. */
export const MODEL_ROLES = ['embedder', 'reader', 'verifier', 'intents', 'generator'] as const;
export type ModelRole = (typeof MODEL_ROLES)[number];

/** Roles that nobody misses where nothing fills them. `pictures`: a CLIP model, its folder laid out as transformers.js has it. */
export type OptionalRole = 'pictures';

export type ModelEntry = Static<typeof ModelEntrySchema>;

export interface ModelManifest {
  /** Absolute folder that all paths are relative to. */
  modelsDir: string;
  models: ModelEntry[];
}

export interface VerifyOptions {
  signal?: AbortSignal;
  /** Called after each file that proved whole. */
  onFile?: (file: { path: string; role: string; bytes: number }) => void;
}

/** @throws model_missing without a manifest, model_manifest_invalid when its shape or a path is wrong. */
export async function loadManifest(modelsDir: string): Promise<ModelManifest> {
  const folder = resolve(modelsDir);
  const file = join(folder, 'manifest.json');
  const content = parseManifest(file, await readManifest(file));
  for (const path of content.models.flatMap(modelPaths)) {
    const inside = relative(folder, resolve(folder, path));
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside) || isAbsolute(path)) {
      throw new AnswerboxError('model_manifest_invalid', {
        file,
        reason: `the path ${path} leaves the models folder`,
      });
    }
  }
  return { modelsDir: folder, models: content.models };
}

/** Null when no model has the role. */
export function findModel(
  { models }: Pick<ModelManifest, 'models'>,
  role: ModelRole | OptionalRole,
): ModelEntry | null {
  return models.find((model) => model.role === role) ?? null;
}

/** False when the generator's weights are not there: the one model that answers can do without. */
export async function hasGenerator(manifest: ModelManifest): Promise<boolean> {
  const entry = findModel(manifest, 'generator');
  if (!entry) return false;
  return stat(weightsPath(manifest, entry)).then(
    () => true,
    () => false,
  );
}

/** Why answers must do without the generator, or null. @throws cancelled */
export async function whyNoGenerator(manifest: ModelManifest, signal?: AbortSignal): Promise<string | null> {
  const entry = findModel(manifest, 'generator');
  if (!entry || !(await hasGenerator(manifest)))
    return 'the generator’s file is missing; every answer is extractive until it is put back';
  try {
    await verifyModels({ ...manifest, models: [entry] }, signal ? { signal } : {});
    return null;
  } catch (error) {
    if (!hasCode(error, 'model_damaged') && !hasCode(error, 'model_missing')) throw error;
    return 'the generator’s file is damaged; every answer is extractive until it is restored from the release';
  }
}

/** Roles of the product that no model of the manifest has. */
export function missingRoles(manifest: Pick<ModelManifest, 'models'>): ModelRole[] {
  return MODEL_ROLES.filter((role) => findModel(manifest, role) === null);
}

/** @throws model_manifest_invalid when no model has the role. */
export function modelWithRole(manifest: ModelManifest, role: ModelRole): ModelEntry {
  const entry = findModel(manifest, role);
  if (entry) return entry;
  const file = join(manifest.modelsDir, 'manifest.json');
  throw new AnswerboxError('model_manifest_invalid', {
    file,
    reason: `it lists no model with the role "${role}"`,
  });
}

/** Absolute path of the entry's weights. */
export function weightsPath(manifest: ModelManifest, entry: ModelEntry): string {
  return resolve(manifest.modelsDir, entry.file);
}

/** Absolute path of the tokenizer that belongs to the entry. @throws model_manifest_invalid when it lists none. */
export function tokenizerPath(manifest: ModelManifest, entry: ModelEntry): string {
  const listed = entry.files.find((file) => file.path.endsWith('tokenizer.json'));
  if (listed) return resolve(manifest.modelsDir, listed.path);
  const file = join(manifest.modelsDir, 'manifest.json');
  throw new AnswerboxError('model_manifest_invalid', {
    file,
    reason: `the model ${entry.name} lists no tokenizer.json`,
  });
}

/** Longest input in tokens. @throws model_manifest_invalid when the entry does not say it */
export function contextTokensOf(manifest: ModelManifest, entry: ModelEntry): number {
  return entry.context_tokens ?? missing(manifest, entry, 'context_tokens');
}

/** Names of a classifier's outputs. @throws model_manifest_invalid when the entry does not say them */
export function labelsOf(manifest: ModelManifest, entry: ModelEntry): NonNullable<ModelEntry['labels']> {
  return entry.labels ?? missing(manifest, entry, 'labels');
}

function missing(manifest: ModelManifest, entry: ModelEntry, key: string): never {
  const file = join(manifest.modelsDir, 'manifest.json');
  throw new AnswerboxError('model_manifest_invalid', {
    file,
    reason: `the model ${entry.name} lists no ${key}`,
  });
}

/** What an index or a cache is stamped with: other weights, other identity. */
export function identityOf(entry: ModelEntry): string {
  return `${entry.name}@${entry.sha256}`;
}

/** Reads every file once. @throws model_missing, model_damaged or cancelled at the first that is not whole. */
export async function verifyModels(manifest: ModelManifest, options: VerifyOptions = {}): Promise<void> {
  const seen = new Set<string>();
  for (const entry of manifest.models) {
    for (const { path, sha256 } of [{ path: entry.file, sha256: entry.sha256 }, ...entry.files]) {
      if (seen.has(path)) continue;
      seen.add(path);
      const file = resolve(manifest.modelsDir, path);
      const found = await hashFile(file, options.signal);
      if (found.sha256 !== sha256) {
        throw new AnswerboxError('model_damaged', { file, found: found.sha256, expected: sha256 });
      }
      options.onFile?.({ path, role: entry.role, bytes: found.bytes });
    }
  }
}

function modelPaths(entry: ModelEntry): string[] {
  return [entry.file, ...entry.files.map((file) => file.path)];
}

async function readManifest(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new AnswerboxError('model_missing', { file }, error);
  }
}

function parseManifest(file: string, text: string): Static<typeof ManifestSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AnswerboxError('model_manifest_invalid', { file, reason: reasonOf(error) }, error);
  }
  if (Value.Check(ManifestSchema, value)) return value;
  const first = Value.Errors(ManifestSchema, value).First();
  const reason = first ? `${first.path || '/'}: ${first.message}` : 'its shape is not known';
  throw new AnswerboxError('model_manifest_invalid', { file, reason });
}

async function hashFile(
  file: string,
  signal: AbortSignal | undefined,
): Promise<{ sha256: string; bytes: number }> {
  throwIfCancelled(signal);
  const hash = createHash('sha256');
  try {
    const { size } = await stat(file);
    for await (const block of createReadStream(file, { highWaterMark: 1 << 20 })) {
      throwIfCancelled(signal);
      hash.update(block as Buffer);
    }
    return { sha256: hash.digest('hex'), bytes: size };
  } catch (error) {
    if (error instanceof AnswerboxError) throw error;
    throw new AnswerboxError('model_missing', { file }, error);
  }
}
