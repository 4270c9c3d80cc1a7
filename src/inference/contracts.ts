/**
 * What the rest of the product knows about models. No adapter is named here; `composition/` chooses.
 * All vectors are Float32Array, all probabilities 0…1, all offsets UTF-16 code units.
 */

/** Questions go before ingest on the one compute lane (see schedule.ts). */
export type Priority = 'question' | 'ingest';

export interface CallOptions {
  signal?: AbortSignal;
  priority?: Priority;
}

export interface Embedder {
  /** Name and SHA-256 of the weights: an index filled by another identity is stale. */
  readonly identity: string;
  readonly dimensions: number;
  /** Longest input in tokens, special tokens included. */
  readonly contextTokens: number;
  /** Unit vectors [dimensions], one a text, in the order given. */
  embed(texts: readonly string[], options?: CallOptions): Promise<Float32Array[]>;
}

/**
 * Pictures and words in one space, as CLIP has it (Radford et al. 2021, arXiv 2103.00020): a picture is near the words
 * that say what it shows. Its vectors have nothing to do with the embedder's.
 */
export interface PictureEmbedder {
  readonly identity: string;
  readonly dimensions: number;
  /** Unit vectors [dimensions] in the order given; null for bytes that are no picture it can read. */
  embedPictures(pictures: readonly Uint8Array[], options?: CallOptions): Promise<(Float32Array | null)[]>;
  /** Unit vectors [dimensions], one a text, in the order given. */
  embedWords(texts: readonly string[], options?: CallOptions): Promise<Float32Array[]>;
}

/** Calls that wait or run now. */
export interface LaneLoad {
  waiting: number;
  running: number;
  /** Those of the generator among them. */
  texts: number;
  /** Those of questions among them: ingest waits for these, and they for none of it. */
  questions: number;
}

/** Counts tokens with the embedder's own tokenizer, special tokens left out. Synchronous and cheap. */
export interface TokenCounter {
  countTokens(text: string): number;
}

export interface Span {
  start: number;
  end: number;
}

export interface ReaderPassage {
  /** Heading path, read before the text; spans never lie in it. */
  heading: string;
  text: string;
  /** Sentences as spans of `text`, in order. */
  sentences: readonly Span[];
}

export interface Reading {
  /** Probability that the passage is about what is asked. */
  relevance: number;
  /** Probability that the passage holds the answer. */
  answerable: number;
  /** Best answer span in `text`, null when nothing of the text was read. */
  span: (Span & { logit: number }) | null;
  /** For each sentence the best span logit (start + end) that begins in it; -Infinity when cut off. */
  sentenceLogits: number[];
}

export interface Reader {
  readonly identity: string;
  /** One reading a passage, in the order given. */
  read(question: string, passages: readonly ReaderPassage[], options?: CallOptions): Promise<Reading[]>;
}

export interface GeneratorPrompt {
  /** What turns are made of: ChatML, or the model file's own chat template. Without it ChatML where the model knows it. */
  chat?: 'chatml' | 'model';
  system: string;
  /** Earlier turns, oldest first. */
  history?: readonly { role: 'user' | 'assistant'; text: string }[];
  user: string;
}

export interface GenerateOptions extends CallOptions {
  maxTokens: number;
}

export type GeneratorEvent =
  | { type: 'text'; text: string }
  | { type: 'end'; stopReason: 'end' | 'max_tokens'; promptTokens: number; generatedTokens: number };

export interface Generator {
  readonly identity: string;
  readonly contextTokens: number;
  /** Greedy text as it comes, then one `end`. Ending the iteration early cancels the model. */
  generate(prompt: GeneratorPrompt, options: GenerateOptions): AsyncIterable<GeneratorEvent>;
}

export interface StatementPair {
  /** One sentence; what is longer than the model's room for it is cut at the end. */
  statement: string;
  /** What it may rest on, heading path first; cut at the end likewise. */
  evidence: string;
}

/** Is this statement held by this evidence? */
export interface Verifier {
  readonly identity: string;
  /** Probability 0…1 that the evidence holds the statement, one a pair, in the order given. */
  verify(pairs: readonly StatementPair[], options?: CallOptions): Promise<number[]>;
}

export type Act = 'question' | 'statement' | 'confirmation' | 'refusal';

/** What a customer's text is about and how it is meant; all numbers 0…1. */
export interface IntentReading {
  /** A built-in intent (the manifest lists them) or one of the owner's; `out_of_scope` is none of them. */
  intent: string;
  /** Probability that the intent is right. */
  confidence: number;
  act: Act;
  /** 0 no hurry, 1 this minute. */
  urgency: number;
  /** 0 calm, 1 furious. */
  frustration: number;
}

export interface IntentClassifier {
  readonly identity: string;
  /** Every built-in intent, `out_of_scope` among them. */
  readonly intents: readonly string[];
  /** @param embedding the embedder's vector of the text */
  classify(embedding: Float32Array, options?: CallOptions): Promise<IntentReading>;
}

export type ModelState = 'starting' | 'ready' | 'restarting' | 'failed' | 'stopped';

export interface ModelHealth {
  state: ModelState;
  /** Since when the state holds, milliseconds since the epoch. */
  since: number;
  restarts: number;
  lastFailure: string | null;
  /** Resident set of the model process in bytes, as of its last heartbeat. */
  residentBytes: number;
}

/** Everything that computes, in one supervised place. */
export interface ModelHost {
  readonly embedder: Embedder;
  readonly reader: Reader;
  readonly intents: IntentClassifier;
  /** Null when no generator is configured. */
  readonly generator: Generator | null;
  /** Null when the manifest lists none. */
  readonly verifier: Verifier | null;
  /** Null when the manifest lists none; the built-in one does not. */
  readonly pictures: PictureEmbedder | null;
  health(): ModelHealth;
  load(): LaneLoad;
  /** Resolves when every model is loaded. @throws model_failed when they cannot be. */
  ready(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
