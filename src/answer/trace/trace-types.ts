import type { IntentReading } from '../../inference/contracts.ts';
import type { AnswerMode, Outcome } from '../answer-types.ts';
import type { HandoverReason } from '../../stores/ticket-contracts.ts';
import type { Ranked } from '../path-types.ts';
import type { WriterName } from '../writers/writer-types.ts';

/** Everything that led to one answer, for staff; customers never see any of it. Times in ms, scores as the stages give them. */
export interface AnswerTrace {
  schema: 1;
  question: {
    text: string;
    standalone: string;
    language: string;
    readable: boolean;
    parts: string[];
    /** The choice of our clarifying question that it names. */
    chosen: string | null;
  };
  /** In the order in which they ended; `at` counts from the question. */
  stages: { stage: string; at: number; milliseconds: number }[];
  /** A kept answer was served again: how it came about is in the trace of who asked first. */
  replayed: boolean;
  intent: IntentReading | null;
  /** What live sources replied, when they did. */
  live: { outcome: Outcome; products: string[]; order: boolean } | null;
  parts: TracedPart[];
  decision: TracedDecision;
  answer: { outcome: Outcome; mode: AnswerMode; confidence: number; characters: number; citations: number };
  /** Calls of each model: from call to result, waiting for the compute lane included. */
  compute: { model: string; calls: number; items: number; seconds: number }[];
  /** Seconds of all model calls together. */
  compute_seconds: number;
  versions: TraceVersions;
  /** Lists that were cut to keep the trace small. */
  cut: string[];
}

export interface TraceVersions {
  program: string;
  embedder: string;
  reader: string;
  verifier: string | null;
  generator: string | null;
  /** The second generator; null when none is configured. */
  large_generator: string | null;
  intents: string;
  /** Fingerprint of the sources: documents, products, settings; another one when any of them changed. */
  sources: string;
  /** Name of the fitted confidence. */
  confidence: string;
}

export interface TracedCandidate {
  chunk: number;
  document_id: string;
  heading: string;
  bm25: Ranked | null;
  vector: Ranked | null;
  fused: Ranked;
  /** Null for candidates that the reader did not look at. */
  reranked: Ranked | null;
  relevance: number | null;
  answerable: number | null;
}

export interface TracedPart {
  text: string;
  candidates: TracedCandidate[];
  /** The reader's sentences, best first. */
  sentences: { chunk: number; text: string; score: number; answerable: number }[];
  drafts: TracedDraft[];
  /** Sentences of the documents shown as they are. */
  extracted: { chunk: number; text: string; shown: boolean; why: string }[];
}

export interface TracedDraft {
  /** Traces of earlier versions do not say who wrote a draft. */
  writer?: WriterName;
  /** Identity of the generator that wrote it. */
  generator?: string;
  /** The rule that chose it, `plain` where none did, or what hindered the larger one ("large busy"). */
  chosen?: string;
  prompt: { system: string; user: string };
  milliseconds: number;
  sentences: TracedSentence[];
  /** Why the draft ended before its text did. */
  ended: string | null;
}

/** A drafted sentence, what was checked, and why it was shown or left out. */
export interface TracedSentence {
  text: string;
  cited: number[];
  shown: boolean;
  why: string;
  checks: TracedCheck[];
  /** It was written once more, after the one before was not held. */
  again?: true;
}

export interface TracedCheck {
  chunk: number;
  /** What the deterministic check found: held, or what speaks against it. */
  rules: string;
  /** The verifier's probability; null when it was not asked. */
  verifier: number | null;
}

export interface TracedDecision {
  outcome: Outcome;
  rule: string;
  reason: HandoverReason | null;
  confidence: number;
  signals: Record<string, number>[];
  thresholds: { decline: number; caveat: number };
  choices: string[];
  /** What happened just before in the conversation. */
  before: { clarified: boolean; unanswered: number };
}
