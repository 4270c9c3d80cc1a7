import { Type, type Static } from '@sinclair/typebox';
import type { Config } from '../config.ts';
import type { HistoryMessage } from '../understand/standalone-question.ts';
import type { SourceFile } from '../ingest/ingest-types.ts';

/** The lines of evaluation files; further keys of a line are left alone. */

const NAME = Type.String({ minLength: 1 });

export const DOCUMENT_LINE = Type.Object({
  doc_id: NAME,
  title: Type.Optional(Type.String()),
  text: Type.String({ minLength: 1 }),
  url: Type.Optional(Type.String()),
});

export const HISTORY_MESSAGE = Type.Object({
  role: Type.Union([Type.Literal('customer'), Type.Literal('assistant')]),
  text: Type.String(),
});

export const QUESTION_LINE = Type.Object({
  q: NAME,
  doc_id: Type.Optional(NAME),
  doc_ids: Type.Optional(Type.Array(NAME)),
  answers: Type.Optional(Type.Array(Type.String())),
  history: Type.Optional(Type.Array(HISTORY_MESSAGE)),
  answerable: Type.Optional(Type.Boolean()),
  needs_all: Type.Optional(Type.Boolean()),
  kind: Type.Optional(Type.String()),
});
export type QuestionLine = Static<typeof QUESTION_LINE>;

export const GROUNDING_LINE = Type.Object({
  statement: NAME,
  /** With the heading path in front of it, or without and that in `heading`. */
  evidence: NAME,
  heading: Type.Optional(Type.String()),
  /** True when the evidence holds all of the statement. */
  held: Type.Boolean(),
  kind: Type.Optional(Type.String()),
});
export type GroundingPair = Static<typeof GROUNDING_LINE>;

/** The label `oos` is out of scope. */
export const UTTERANCE_LINE = Type.Object({ text: NAME, label: NAME });

/** A document as it is ingested, under the name that questions know it by. */
export interface EvaluationDocument {
  docId: string;
  file: SourceFile;
}

export interface EvaluationQuestion {
  text: string;
  /** Documents that answer it; empty when none is named. */
  docIds: readonly string[];
  /** Gold answers; empty when none is given. */
  answers: readonly string[];
  /** False when the documents don't answer it: said so, or its list of answers is empty. */
  answerable: boolean;
  /** It asks for parts that need all of its documents. */
  needsAll: boolean;
  kind: string | null;
  /** Earlier turns of the conversation, oldest first. */
  history: readonly HistoryMessage[];
}

/** What is under way, and how much of it is done. */
export type ReportProgress = (message: string, done: number, total: number) => void;

export interface EvaluationOptions {
  /** Files (.jsonl, also .gz or .xz) or folders of documents, ingested together; none: those of the data folder. */
  documents: readonly string[];
  questions: string;
  /** The first so many questions; all when left out. */
  limit?: number | undefined;
  /** The owner's settings; the data folder, the demo and stored answers are the evaluation's own. */
  config?: Config | undefined;
  /** Drafts are shown without their checks, to measure what the checks are worth. */
  unchecked?: boolean | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ReportProgress | undefined;
  /** Told what does not stop the evaluation but changes its figures: a file that could not be read. */
  onWarning?: ((message: string) => void) | undefined;
}
