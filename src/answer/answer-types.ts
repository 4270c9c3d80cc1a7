import type { HandoverReason } from '../stores/ticket-contracts.ts';

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
  /** Page or slide that the quote begins on, from 1; left out where the format has none. */
  page?: number;
}

export const STAGES = [
  'preprocess',
  'intent',
  'live',
  'retrieve',
  'rerank',
  'first_token',
  'generate',
  'verify',
] as const;
export type Stage = (typeof STAGES)[number];
export type Timings = { total: number } & Record<Stage, number>;

/** A live value and when its source was read (ISO 8601, UTC). */
export interface LiveValue<Value> {
  value: Value;
  source: string;
  read_at: string;
}

/** A product of the shop with what its sources said; null is unknown, or could not be checked. */
export interface AnswerProduct {
  code: string;
  /** Variants of one thing share it. */
  family: string;
  name: string;
  url: string | null;
  attributes: Record<string, string>;
  /** "199.00 EUR". */
  price: LiveValue<string> | null;
  /** Pieces. */
  stock: LiveValue<number> | null;
  /** Working days until it is sent. */
  delivery_days: LiveValue<number> | null;
}

/** An order that the customer proved to be theirs. */
export interface AnswerOrder {
  number: string;
  state: string;
  items: { code: string; name: string; quantity: number }[];
  total: string | null;
  placed_at: string;
  shipped_at: string | null;
  expected_at: string | null;
  carrier: string | null;
  tracking: string | null;
  source: string;
  read_at: string;
}

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
  products: AnswerProduct[];
  order: AnswerOrder | null;
  /** When people have the conversation. */
  ticket: { number: number; status: string } | null;
  mode: AnswerMode;
  timings_ms: Timings;
}

/** REST, SSE and the command line consume this same stream. `sequence` counts from 1 within an answer. */
export type AnswerEvent = { sequence: number } & (
  | { type: 'answer-start'; conversation_id: string; message_id: string }
  /** `notes`: what was decided in the stage, and why, for who looks closely. */
  | { type: 'stage-end'; stage: Stage; milliseconds: number; notes?: string[] }
  | { type: 'text-delta'; text: string }
  | { type: 'citation-add'; citation: Citation }
  | { type: 'handover-start'; reason: HandoverReason }
  | { type: 'answer-end'; answer: Answer }
  | { type: 'error'; code: string; message: string; request_id: string }
);
