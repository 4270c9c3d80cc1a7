import type { Generator, ModelHealth } from '../../inference/contracts.ts';
import type { PromptTemplate } from './prompt-template.ts';

export type WriterName = 'builtin' | 'large';

/** What may be handed to a generator of the evidence. */
export interface ContextBudget {
  /** Tokens of all passages together, by the embedder's tokenizer. */
  maxTokens: number;
  /** Sentences of all passages together. */
  maxSentences: number;
  /** Points of SENTENCES that a sentence may lie below the best one. */
  margin: number;
}

export interface WriterSettings {
  template: PromptTemplate;
  /** Tokens of an answer at most. */
  answerTokens: number;
}

/** A second generator: larger, slower, in a process of its own. */
export interface LargeWriter extends WriterSettings {
  generator: Generator;
  /** Milliseconds to its first sentence; then the built-in generator writes instead. */
  patienceMs: number;
  health(): Pick<ModelHealth, 'state'>;
  /** Texts that wait or are written now. */
  texts(): number;
  /** Of its process; null while there is none. */
  processId(): number | null;
}

/** Everything about writing drafts that the owner may set. */
export interface Writing {
  /** The built-in generator's; the generator itself is one of the models. */
  builtin: WriterSettings;
  /** Null when none is configured. */
  large: LargeWriter | null;
  /** Milliseconds for all drafts of one part of a question. */
  timeoutMs: number;
  /** A sentence that is not held is written once more. */
  regenerates: boolean;
}

/** Who writes one draft, from what, and why this one. */
export interface ChosenWriter extends WriterSettings {
  name: WriterName;
  generator: Generator;
  budget: ContextBudget;
  /** Null: as long as all drafts may take. */
  patienceMs: number | null;
  /** The rule that chose it, or what hindered the one before. */
  why: string;
}
