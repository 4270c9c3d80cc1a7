import type { Desk } from '../desk/desk.ts';
import type { ModelHost, Reading, Span, TokenCounter } from '../inference/contracts.ts';
import type { ChunkRecord, ConversationStore, KnowledgeStore, VectorIndex } from '../stores/contracts.ts';
import type { AskedForms } from './asked-forms.ts';
import type { DetectLanguage } from '../understand/detect-language.ts';
import type { QueryWords } from '../understand/query-words.ts';
import type { ConfidenceModel } from './confidence.ts';
import type { LiveTools } from './live/live-types.ts';

/** What the stages hand to each other. Ranks count from 1; scores: higher is better. */

export interface Question {
  /** Cleaned text, as asked. */
  text: string;
  /** As it would be asked without the conversation; equal to `text` unless it is a follow-up. */
  standalone: string;
  /** Parts that ask for different things; one when it is a plain question. */
  parts: readonly AskedForms[];
  /** ISO 639-1, or 'und'. */
  language: string;
  /** Same for questions that differ in case, spacing and punctuation alone. */
  key: string;
  /** False when hardly a letter is of a script that the models read. */
  readable: boolean;
  wantsPerson: boolean;
  /** Has a question mark or begins as a question does. */
  asks: boolean;
}

export interface Ranked {
  rank: number;
  score: number;
}

export interface Candidate {
  chunk: ChunkRecord;
  bm25: Ranked | null;
  vector: Ranked | null;
  fused: Ranked;
}

export interface RankedPassage extends Candidate {
  reranked: Ranked;
  /** Sentences of chunk.text. */
  sentences: Span[];
  reading: Reading;
}

export interface ScoredSentence {
  passage: RankedPassage;
  /** Place in passage.sentences. */
  index: number;
  span: Span;
  text: string;
  /** Probability 0…1 that the sentence, read by itself under its heading, holds the answer. */
  answerable: number;
  /** Points of span logit; see SENTENCES. */
  score: number;
}

/** One thing that is asked, with its passages in the reader's order. */
export interface QuestionPart {
  text: string;
  /** Its share of the room for the answer, 0…1: one divided by the number of parts. */
  share: number;
  ranked: RankedPassage[];
  /** The sentences that come near an answer, best first. */
  sentences: ScoredSentence[];
}

export interface FoundParts {
  parts: QuestionPart[];
  /** Generation of the documents that were read. */
  generation: number;
}

export interface ContextPassage {
  /** The number that the generator cites, from 1. */
  index: number;
  passage: RankedPassage;
  /** Sentences of chunk.text that were chosen, in order. */
  chosen: Span[];
  /** Heading path and chosen sentences, as the generator sees them. */
  text: string;
}

/** A sentence that may be shown, and what holds it. */
export interface HeldSentence {
  text: string;
  passage: RankedPassage;
  /** Span of chunk.text that holds the sentence. */
  evidence: Span;
}

export interface ShopContact {
  name: string;
  email: string | null;
  phone: string | null;
}

/** What the path asks of the desk. */
export type DeskOfAnswers = Pick<Desk, 'before' | 'after' | 'handOver'>;

export interface AnswerTools {
  knowledge: KnowledgeStore;
  vectors: VectorIndex;
  conversations: ConversationStore;
  models: ModelHost;
  tokens: TokenCounter;
  confidence: ConfidenceModel;
  /** Name and contact of the shop, as customers are told. */
  shop: () => ShopContact;
  maxQuestionCharacters: number;
  generateTimeoutMs: number;
  live: LiveTools;
  desk: DeskOfAnswers;
  detectLanguage: DetectLanguage;
  words: QueryWords;
  /** False: every question is answered anew (evaluation). */
  storedAnswers: boolean;
}
