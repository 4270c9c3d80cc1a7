/**
 * Entry of the child process that holds every native model, so that an abort inside llama.cpp or
 * ONNX Runtime ends this process and not the server.
 */
import { writeFile } from 'node:fs/promises';
import type { CallMessage, FromChild, LoadOrder, Operations, PathOrder, ToChild } from './model-protocol.ts';
import { loadLlamaGenerator, type LlamaGenerator } from './llama-generator.ts';
import { loadOnnxEmbedder, type OnnxEmbedder } from './onnx-embedder.ts';
import { loadOnnxIntents, type OnnxIntents } from './onnx-intents.ts';
import type { OnnxPictures } from './onnx-pictures.ts';
import { loadOnnxReader, type OnnxReader } from './onnx-reader.ts';
import { loadOnnxVerifier, type OnnxVerifier } from './onnx-verifier.ts';
import { sendFailure } from '../processes/sent-failure.ts';
import { TurnLock } from './turn-lock.ts';

const HEARTBEAT_MS = 1_000;

interface PathModels {
  embedder: OnnxEmbedder;
  reader: OnnxReader;
  intents: OnnxIntents;
  verifier: OnnxVerifier | null;
  pictures: OnnxPictures | null;
}

interface LoadedModels {
  /** Null in a process that holds one generator alone. */
  path: PathModels | null;
  generator: LlamaGenerator | null;
}

const running = new Map<number, AbortController>();
let models: LoadedModels | null = null;
/** Why there is no generator. */
let generatorFailure = new Error('no generator was loaded');
const lock = new TurnLock();
const calls = new Set<Promise<void>>();

function send(message: FromChild): void {
  // The callback swallows the error of a parent that has just gone: `disconnect` follows.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

async function load(order: LoadOrder): Promise<void> {
  try {
    models =
      'embedder' in order
        ? { generator: await loadGenerator(order), path: await loadPath(order) }
        : { generator: await loadLlamaGenerator(order.generator, order.compute, lock), path: null };
    send({ type: 'loaded' });
  } catch (error) {
    process.send?.({ type: 'load_failed', failure: sendFailure(error) } satisfies FromChild, () =>
      process.exit(1),
    );
  }
}

async function loadPath(order: PathOrder): Promise<PathModels> {
  return {
    embedder: await loadOnnxEmbedder(order, lock),
    reader: await loadOnnxReader(order, lock),
    intents: await loadOnnxIntents(order, lock),
    verifier: order.verifier ? await loadOnnxVerifier(order.verifier, order, lock) : null,
    pictures: await loadPictures(order),
  };
}

/** Answers can do without it: what fails here is told to whoever wants it to write. */
async function loadGenerator({ generator, compute: numbers }: PathOrder): Promise<LlamaGenerator | null> {
  if (!generator) return null;
  try {
    return await loadLlamaGenerator(generator, numbers, lock);
  } catch (error) {
    generatorFailure = error instanceof Error ? error : new Error(String(error));
    return null;
  }
}

/** What decodes pictures is loaded with the model alone: hardly anyone has one. */
async function loadPictures(order: PathOrder): Promise<OnnxPictures | null> {
  if (!order.pictures) return null;
  const { loadOnnxPictures } = await import('./onnx-pictures.ts');
  return loadOnnxPictures(order.pictures, order, lock);
}

async function compute(
  call: CallMessage,
  signal: AbortSignal,
): Promise<Operations[CallMessage['operation']]['output']> {
  if (!models) throw new Error('a call came before the models were loaded');
  if (call.operation === 'generate') {
    if (!models.generator) throw generatorFailure;
    const onText = (event: string): void => send({ type: 'event', id: call.id, event });
    return models.generator.generate({ ...call.input, signal, onText });
  }
  const { path } = models;
  if (!path) throw new Error('this process holds a generator alone');
  switch (call.operation) {
    case 'embed':
      return path.embedder.embed(call.input.texts, signal);
    case 'read':
      return path.reader.read(call.input.question, call.input.passages, signal);
    case 'verify':
      if (!path.verifier) throw new Error('no verifier was loaded');
      return path.verifier.verify(call.input.pairs, signal);
    case 'embed_pictures':
    case 'embed_picture_words': {
      if (!path.pictures) throw new Error('no model of pictures was loaded');
      return call.operation === 'embed_pictures'
        ? path.pictures.embedPictures(call.input.pictures, signal)
        : path.pictures.embedWords(call.input.texts, signal);
    }
    case 'classify':
      return path.intents.classify(call.input.embedding);
  }
}

async function answer(call: CallMessage, signal: AbortSignal): Promise<void> {
  try {
    send({ type: 'result', id: call.id, output: await compute(call, signal) });
  } catch (error) {
    send({ type: 'failed', id: call.id, failure: sendFailure(error) });
  } finally {
    running.delete(call.id);
  }
}

/** The parent's lane sends one text and one run at a time; the lock makes those two take turns. */
function begin(call: CallMessage): void {
  const controller = new AbortController();
  running.set(call.id, controller);
  const work = answer(call, controller.signal);
  calls.add(work);
  void work.finally(() => calls.delete(work));
}

async function close(): Promise<void> {
  for (const controller of running.values()) controller.abort();
  await Promise.all(calls);
  await models?.generator?.dispose();
  await models?.path?.embedder.dispose();
  await models?.path?.reader.dispose();
  await models?.path?.verifier?.dispose();
  await models?.path?.pictures?.dispose();
  await models?.path?.intents.dispose();
  process.exit(0);
}

function receive(message: ToChild): void {
  switch (message.type) {
    case 'load':
      return void load(message.order);
    case 'call':
      return begin(message);
    case 'abort':
      return running.get(message.id)?.abort();
    case 'close':
      return void close();
  }
}

// Signals to the whole process group (Ctrl-C, a service manager) are for the parent, which still
// needs the models to finish what it has begun; it sends `close` when it is done.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
// Nothing here is worth saving, and native pools may hang in an orderly exit.
const die = (): void => void process.kill(process.pid, 'SIGKILL');
process.on('disconnect', die);
// A server that was killed while the imports above were read has gone already, and nothing more tells of it.
if (!process.connected) die();
process.on('message', (message) => receive(message as ToChild));
setInterval(() => send({ type: 'heartbeat', residentBytes: process.memoryUsage.rss() }), HEARTBEAT_MS);
// When memory runs out, the kernel should take this process, which comes back, and not the server.
writeFile('/proc/self/oom_score_adj', '500').catch(() => undefined);
