import type { SentFailure } from '../processes/sent-failure.ts';
import type {
  GeneratorEvent,
  GeneratorPrompt,
  IntentReading,
  Reading,
  ReaderPassage,
  StatementPair,
} from './contracts.ts';
import type { ComputeNumbers } from './schedule.ts';

/** What the child is told to load: every model of the path, or one generator alone. Paths are absolute. */
export type LoadOrder = PathOrder | AloneOrder;

export interface PathOrder {
  modelsDir: string;
  embedder: OnnxModel;
  reader: OnnxModel;
  intents: IntentModel;
  generator: GeneratorOrder | null;
  verifier: OnnxModel | null;
  pictures: PictureModel | null;
  compute: ComputeNumbers;
}

/** A process for one generator: when it dies, nothing else does. */
export interface AloneOrder {
  generator: GeneratorOrder;
  compute: ComputeNumbers;
}

export interface GeneratorOrder {
  file: string;
  contextTokens: number;
}

export interface OnnxModel {
  /** Folder of the model relative to `modelsDir`, as transformers.js names models. */
  folder: string;
  tokenizerFile: string;
  contextTokens: number;
}

export interface PictureModel {
  folder: string;
  tokenizerFile: string;
}

export interface IntentModel {
  folder: string;
  /** Names of the columns of the graph's outputs `intent` and `act`. */
  intents: readonly string[];
  acts: readonly string[];
}

/** Input, output and events of each operation that the child knows. */
export interface Operations {
  embed: { input: { texts: string[] }; output: Float32Array[]; event: never };
  read: { input: { question: string; passages: ReaderPassage[] }; output: Reading[]; event: never };
  verify: { input: { pairs: StatementPair[] }; output: number[]; event: never };
  classify: { input: { embedding: Float32Array }; output: IntentReading; event: never };
  embed_pictures: { input: { pictures: Uint8Array[] }; output: (Float32Array | null)[]; event: never };
  embed_picture_words: { input: { texts: string[] }; output: Float32Array[]; event: never };
  generate: {
    input: { prompt: GeneratorPrompt; maxTokens: number };
    output: Extract<GeneratorEvent, { type: 'end' }>;
    event: string;
  };
}

export type OperationName = keyof Operations;

export type CallMessage = {
  [Name in OperationName]: { type: 'call'; id: number; operation: Name; input: Operations[Name]['input'] };
}[OperationName];

export type ToChild =
  { type: 'load'; order: LoadOrder } | CallMessage | { type: 'abort'; id: number } | { type: 'close' };

export type FromChild =
  | { type: 'heartbeat'; residentBytes: number }
  | { type: 'loaded' }
  | { type: 'load_failed'; failure: SentFailure }
  | { type: 'event'; id: number; event: unknown }
  | { type: 'result'; id: number; output: unknown }
  | { type: 'failed'; id: number; failure: SentFailure };
