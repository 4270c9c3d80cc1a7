/** The public answer object and its stream of events, as the contract names them. */

export type Outcome = 'answered' | 'answered_with_caveat' | 'clarify' | 'handed_off' | 'declined';
export type AnswerMode = 'generated' | 'extractive' | 'curated' | 'cached';
/** What the asker may ask for; `auto` generates when it can. */
export type RequestedMode = 'auto' | 'extractive' | 'generated';

export interface Citation {
  index: number;
  document_id: string;
  title: string;
  url: string | null;
  /** Equal to the document's text.slice(start, end). */
  quote: string;
  start: number;
  end: number;
}

export const STAGES = [
  'preprocess',
  'intent',
  'retrieve',
  'rerank',
  'first_token',
  'generate',
  'verify',
] as const;
export type Stage = (typeof STAGES)[number];
export type Timings = { total: number } & Record<Stage, number>;

export interface Answer {
  conversation_id: string;
  message_id: string;
  outcome: Outcome;
  answer: string;
  confidence: number;
  intent: { name: string; confidence: number } | null;
  language: string;
  quick_replies: string[];
  citations: Citation[];
  products: never[];
  order: null;
  ticket: null;
  mode: AnswerMode;
  timings_ms: Timings;
}

/** REST, SSE and the command line consume this same stream. `sequence` counts from 1 within an answer. */
export type AnswerEvent = { sequence: number } & (
  | { type: 'answer-start'; conversation_id: string; message_id: string }
  | { type: 'stage-end'; stage: Stage; milliseconds: number }
  | { type: 'text-delta'; text: string }
  | { type: 'citation-add'; citation: Citation }
  | { type: 'handover-start'; reason: string }
  | { type: 'answer-end'; answer: Answer }
  | { type: 'error'; code: string; message: string; request_id: string }
);
