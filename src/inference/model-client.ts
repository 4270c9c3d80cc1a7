import { dirname } from 'node:path';
import { resolveChildEntry } from '../processes/child-entry.ts';
import type {
  Embedder,
  IntentClassifier,
  ModelHost,
  PictureEmbedder,
  Reader,
  ReaderPassage,
  Verifier,
} from './contracts.ts';
import { createGenerator } from './generator-client.ts';
import { ModelCaller } from './model-caller.ts';
import type { OnnxModel, PathOrder } from './model-protocol.ts';
import {
  contextTokensOf,
  findModel,
  identityOf,
  labelsOf,
  modelWithRole,
  tokenizerPath,
  weightsPath,
  type ModelEntry,
  type ModelManifest,
} from './model-registry.ts';
import { ModelSupervisor, type ModelLog } from './model-supervisor.ts';
import { ComputeLane, computeNumbers } from './schedule.ts';

export interface ModelHostOptions {
  manifest: ModelManifest;
  generator: 'builtin' | 'none';
  /** Cores that the models may use; 0, the default, means all. */
  threads?: number;
  /** Questions' jobs that may wait before a further one is refused; COMPUTE's by default. */
  maxWaitingQuestions?: number;
  /** Tokens of the generator's context. 512…8,192; a larger one takes 23 KB of memory a token. */
  generatorContextTokens?: number;
  log?: ModelLog;
}

/** A host whose models live in a child process of this one. */
export interface ProcessModelHost extends ModelHost {
  /** Process id of the model process, null while there is none. */
  processId(): number | null;
}

const DEFAULT_GENERATOR_CONTEXT = 2_048;

/**
 * Starts the model process at once and keeps it alive until `close`. It never keeps a finished
 * program running.
 * @throws model_manifest_invalid when the manifest lacks a model that is needed
 */
export function createModelHost(options: ModelHostOptions): ProcessModelHost {
  const { manifest } = options;
  const verifier = findModel(manifest, 'verifier');
  const pictures = findModel(manifest, 'pictures');
  const order = loadOrder(options);
  const lane = new ComputeLane({
    ...order.compute,
    ...(options.maxWaitingQuestions !== undefined && { maxWaitingQuestions: options.maxWaitingQuestions }),
  });
  const supervisor = new ModelSupervisor(
    order,
    resolveChildEntry('./model-process.ts', import.meta.url),
    options.log ?? (() => undefined),
  );
  const caller = new ModelCaller(lane, supervisor);
  return {
    embedder: createEmbedder(caller, modelWithRole(manifest, 'embedder'), order),
    reader: createReader(caller, modelWithRole(manifest, 'reader'), order),
    intents: createIntents(caller, modelWithRole(manifest, 'intents'), order),
    generator:
      order.generator &&
      createGenerator(
        caller,
        identityOf(modelWithRole(manifest, 'generator')),
        order.generator.contextTokens,
      ),
    verifier: verifier && createVerifier(caller, verifier, order),
    pictures: pictures && createPictureEmbedder(caller, pictures),
    health: () => supervisor.health(),
    load: () => lane.load(),
    ready: (signal) => caller.ready(signal),
    close: () => supervisor.close(),
    processId: () => supervisor.pid,
  };
}

function loadOrder({ manifest, generator, threads, generatorContextTokens }: ModelHostOptions): PathOrder {
  const onnx = (entry: ModelEntry): OnnxModel => ({
    folder: folderOf(entry),
    tokenizerFile: tokenizerPath(manifest, entry),
    contextTokens: contextTokensOf(manifest, entry),
  });
  const verifier = findModel(manifest, 'verifier');
  const generatorOrder = (): PathOrder['generator'] => {
    const entry = modelWithRole(manifest, 'generator');
    const wanted = generatorContextTokens ?? DEFAULT_GENERATOR_CONTEXT;
    return {
      file: weightsPath(manifest, entry),
      contextTokens: Math.min(wanted, contextTokensOf(manifest, entry)),
    };
  };
  const intents = modelWithRole(manifest, 'intents');
  const pictures = findModel(manifest, 'pictures');
  return {
    modelsDir: manifest.modelsDir,
    embedder: onnx(modelWithRole(manifest, 'embedder')),
    reader: onnx(modelWithRole(manifest, 'reader')),
    intents: { folder: folderOf(intents), ...labelsOf(manifest, intents) },
    generator: generator === 'none' ? null : generatorOrder(),
    verifier: verifier && onnx(verifier),
    pictures: pictures && { folder: folderOf(pictures), tokenizerFile: tokenizerPath(manifest, pictures) },
    compute: computeNumbers(threads),
  };
}

/** transformers.js takes the folder above onnx/. */
function folderOf(entry: ModelEntry): string {
  return dirname(dirname(entry.file));
}

function createEmbedder(caller: ModelCaller, entry: ModelEntry, { embedder, compute }: PathOrder): Embedder {
  return {
    identity: identityOf(entry),
    dimensions: entry.dimensions ?? 384,
    contextTokens: embedder.contextTokens,
    async embed(texts, options = {}) {
      const vectors = new Array<Float32Array>(texts.length);
      // Neighbours in length share a slice, so that little of it is padding.
      const order = texts.map((_, index) => index).sort((a, b) => texts[a]!.length - texts[b]!.length);
      const size = options.priority === 'ingest' ? compute.ingestSliceTexts : compute.embedSliceTexts;
      for (const slice of slices(order, size)) {
        const input = { texts: slice.map((index) => texts[index]!) };
        const part = await caller.call({ operation: 'embed', input }, options);
        slice.forEach((index, place) => (vectors[index] = part[place]!));
      }
      return vectors;
    },
  };
}

function createReader(caller: ModelCaller, entry: ModelEntry, { compute }: PathOrder): Reader {
  return {
    identity: identityOf(entry),
    async read(question, passages, options = {}) {
      const parts = [];
      for (const slice of slices(passages, compute.readSlicePassages)) {
        const input = { question, passages: slice.map(plainPassage) };
        parts.push(await caller.call({ operation: 'read', input }, options));
      }
      return parts.flat();
    },
  };
}

function createIntents(caller: ModelCaller, entry: ModelEntry, { intents }: PathOrder): IntentClassifier {
  return {
    identity: identityOf(entry),
    intents: intents.intents,
    classify: (embedding, options = {}) =>
      caller.call({ operation: 'classify', input: { embedding } }, options),
  };
}

/** Callers' passages carry more (ids, sources); only this crosses the process border. */
function plainPassage({ heading, text, sentences }: ReaderPassage): ReaderPassage {
  return { heading, text, sentences: sentences.map(({ start, end }) => ({ start, end })) };
}

function createVerifier(caller: ModelCaller, entry: ModelEntry, { compute }: PathOrder): Verifier {
  return {
    identity: identityOf(entry),
    async verify(pairs, options = {}) {
      const parts = [];
      for (const slice of slices(pairs, compute.verifySlicePairs)) {
        const input = { pairs: slice.map(({ statement, evidence }) => ({ statement, evidence })) };
        parts.push(await caller.call({ operation: 'verify', input }, options));
      }
      return parts.flat();
    },
  };
}

function createPictureEmbedder(caller: ModelCaller, entry: ModelEntry): PictureEmbedder {
  return {
    identity: identityOf(entry),
    dimensions: entry.dimensions ?? 512,
    async embedPictures(pictures, options = {}) {
      const vectors: (Float32Array | null)[] = [];
      // One at a time: each may have megabytes, and questions go between.
      for (const picture of pictures) {
        const input = { pictures: [picture] };
        vectors.push(...(await caller.call({ operation: 'embed_pictures', input }, options)));
      }
      return vectors;
    },
    embedWords: (texts, options = {}) =>
      caller.call({ operation: 'embed_picture_words', input: { texts: [...texts] } }, options),
  };
}

function* slices<T>(items: readonly T[], size: number): globalThis.Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
