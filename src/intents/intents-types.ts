/** The label of texts that belong to no intent. */
export const OUT_OF_SCOPE = 'oos';

export interface IntentExample {
  text: string;
  /** An intent, or `oos`. */
  label: string;
}

/** Hashed words and letter groups: places in the buckets with their values, each place once. */
export interface LexicalVector {
  places: Int32Array;
  values: Float32Array;
}

/** A text as the classifier sees it. */
export interface TextFeatures {
  /** The embedder's unit vector [dimensions]. */
  vector: Float32Array;
  lexical: LexicalVector;
}

/** A hyperplane a class; class number `intents.length` is out of scope. */
export interface Hyperplanes {
  /** [classes × (dimensions + 1)], the last of each row is the bias. */
  dense: Float32Array;
  /** [classes × lexicalBuckets]. */
  lexical: Float32Array;
}

/** A linear map of signals to log-odds. */
export interface LogisticLine {
  weights: number[];
  bias: number;
}

/** What the cross-validation saw, with the threshold in force. Rates 0…1. */
export interface IntentFigures {
  /** In-scope texts with the right intent, a rejected one counting as wrong. */
  in_scope_accuracy: number;
  /** Texts out of scope that were rejected. */
  oos_recall: number;
}

export interface OwnIntentModel {
  /** Identity of the embedder whose vectors it was made of. */
  embedder: string;
  /** ISO time. */
  trainedAt: string;
  intents: { name: string; examples: number }[];
  oosExamples: number;
  /** `file`: the owner gave `oos` examples; `builtin`: built-in texts of foreign subjects stood in. */
  oosFrom: 'file' | 'builtin';
  /** Log-odds of being in scope below which a text is rejected. */
  threshold: number;
  figures: IntentFigures;
  /** Signals (scope-signals.ts) to the log-odds of being in scope. */
  scope: LogisticLine;
  /** Margin and scope to the log-odds of the intent being right. */
  confidence: LogisticLine;
  /** Rarity of each bucket [lexicalBuckets]. */
  rarity: Float32Array;
  hyperplanes: Hyperplanes;
  /** Kept examples of each class, out of scope last: [kept × dimensions]. */
  neighbours: Float32Array[];
}

export interface OwnIntent {
  /** An intent of the owner's, or `oos`. */
  intent: string;
  /** Probability that the intent is right; of `oos`, that the text is out of scope. */
  confidence: number;
}
