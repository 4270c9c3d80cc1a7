import type { Desk } from '../desk/desk.ts';
import type { ModelHost, Reading, Span, TokenCounter } from '../inference/contracts.ts';
import type {
  ChunkRecord,
  ConversationStore,
  DocumentFilter,
  KnowledgeStore,
  TraceStore,
  VectorIndex,
} from '../stores/contracts.ts';
import type { SentenceStore } from '../stores/sentence-contracts.ts';
import type { CustomerMemory, SessionStore } from '../stores/memory-contracts.ts';
import type { ActionRunner } from '../actions/action-contracts.ts';
import type { AskedForms } from './asked-forms.ts';
import type { CodeFit } from './match-codes.ts';
import type { DetectLanguage } from '../understand/detect-language.ts';
import type { QueryWords } from '../understand/query-words.ts';
import type { Confidence } from './confidence.ts';
import type { LiveTools } from './live/live-types.ts';
import type { Guard } from '../guard/guard.ts';
import type { Harm } from '../guard/find-harm.ts';
import type { SmallTalk } from './courtesy-words.ts';
import type { RetrievalCache } from './retrieval-cache.ts';
import type { RetrievalWeights } from './retrieval-weights.ts';
import type { HintFinder } from './retrieval-hints.ts';
import type { AnswerReuse } from './reuse-answers.ts';
import type { Writing } from './writers/writer-types.ts';

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
  /** What was answered last in the conversation; '' at its beginning. */
  lastAnswer: string;
  /** The documents that may be read for it. */
  filter: DocumentFilter;
  /** False when hardly a letter is of a script that the models read. */
  readable: boolean;
  wantsPerson: boolean;
  /** A greeting, thanks or a goodbye in words that are sure. */
  smallTalk: SmallTalk | null;
  /** What harm it asks for, or null. */
  harm: Harm | null;
  /** It tries to command the assistant and asks nothing else. */
  commands: boolean;
  /** Its words may be said back. */
  mayEcho: boolean;
  /** Has a question mark or begins as a question does. */
  asks: boolean;
  /** It is the reply to our clarifying question, put into the question that it belongs to. */
  completes?: true;
  /** The choice of that question which it names; null when in words of its own. */
  chosen?: string | null;
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
  /** Cosine -1…1 of the question and each of them. */
  similarities: number[];
  reading: Reading;
  /** Sentence of another passage that named this one, where a second search followed it. */
  lead?: string;
}

export interface ScoredSentence {
  passage: RankedPassage;
  /** Place in passage.sentences. */
  index: number;
  span: Span;
  text: string;
  /** Probability 0…1 that the sentence, read by itself under its heading, holds the answer. */
  answerable: number;
  /** Share 0…1 of what a follow-up names anew that the passage does not hold. */
  absent: number;
  /** Whether it speaks of a code that the question names. */
  codes: CodeFit;
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
  /** Passages of documents with sibling titles, which may answer it otherwise; read for that question alone. */
  siblings?: RankedPassage[];
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

/** The profile as prompts and quotations name it. */
export interface ShopFacts extends ShopContact {
  url: string | null;
  /** The usual week, a line a channel; '' when the profile has no hours. */
  hours: string;
  /** All of it in sentences, one a line; '' when the profile says nothing but a name. */
  text: string;
}

/** What the path asks of the desk. */
export type DeskOfAnswers = Pick<Desk, 'before' | 'after' | 'handOver'>;

export interface AnswerTools {
  knowledge: KnowledgeStore;
  vectors: VectorIndex;
  sentences: Pick<SentenceStore, 'get'>;
  /** What leads to documents besides their passages; left out: nothing does. */
  hints?: readonly HintFinder[];
  /** Of the search; the owner may set them. */
  weights: RetrievalWeights;
  conversations: ConversationStore;
  models: ModelHost;
  tokens: TokenCounter;
  confidence: Confidence;
  /** Null: how answers come about is not kept. */
  traces: Pick<TraceStore, 'put'> | null;
  /** Version of this program, for traces. */
  version: string;
  /** Shows drafts as they come, to measure what the checks are worth. Only `eval answers --unchecked` sets it. */
  unchecked?: true;
  /** Name and contact of the shop, as customers are told. */
  shop: () => ShopContact;
  /** The same and more, for prompts and as evidence. */
  facts: () => ShopFacts;
  maxQuestionCharacters: number;
  /** Generators beside the models, templates and limits. */
  writing: Writing;
  live: LiveTools;
  desk: DeskOfAnswers;
  detectLanguage: DetectLanguage;
  words: QueryWords;
  guard: Guard;
  /** Null: every question is answered anew (evaluation). */
  reuse: AnswerReuse | null;
  /** Null: every search is run anew (evaluation). */
  retrievals: RetrievalCache | null;
  /** Another one when anything changed that an answer from documents rests on. */
  versions: () => Promise<string>;
  sessions: SessionStore;
  customers: CustomerMemory;
  /** The owner's HTTP actions. */
  actions: ActionRunner;
  log: (level: 'warn', message: string) => void;
}
