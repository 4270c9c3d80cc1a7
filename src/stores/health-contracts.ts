/** What the knowledge lacks, repeats and says twice in different ways; all of it found offline. */

export interface PassagePlace {
  chunkId: number;
  documentId: string;
  title: string;
  headingPath: string;
}

export interface StaleDocument {
  documentId: string;
  title: string;
  updatedAt: string;
  reason: 'not_updated' | 'date_passed';
  /** The words that name the date that has passed; null for a document that is merely old. */
  quote: string | null;
}

export interface Contradiction {
  kind: 'number' | 'date' | 'negation' | 'condition';
  one: PassagePlace & { quote: string };
  other: PassagePlace & { quote: string };
  decidedBy: 'verifier' | 'rules';
}

export interface DuplicatePassage {
  one: PassagePlace;
  other: PassagePlace;
  /** Cosine of their vectors, and the share of words that both have; 1 is equal. */
  cosine: number;
  shared: number;
}

export type OrphanPassage = PassagePlace;

export interface KnowledgeGap {
  id: string;
  /** The one nearest to all the others. */
  question: string;
  /** In the customers' words, newest first, each once. */
  questions: string[];
  /** How often it was asked in all. */
  asked: number;
  /** Passages that came nearest, and did not suffice. */
  passages: (PassagePlace & { text: string })[];
  /** Markdown; made from the two above, for a person to edit and approve. */
  draft: string;
  status: 'open' | 'approved' | 'dismissed';
  updatedAt: string;
  /** The draft is what staff wrote to a customer in the place of a suggested reply. */
  fromReply: boolean;
}

export interface HealthReport {
  checkedAt: string;
  seconds: number;
  documents: number;
  passages: number;
  stale: StaleDocument[];
  contradictions: Contradiction[];
  duplicates: DuplicatePassage[];
  /** Null until enough questions were asked. */
  orphans: OrphanPassage[] | null;
  /** Questions whose searches were counted. */
  questionsCounted: number;
  gaps: number;
}

/** In the form of the evaluation files: what must be found from now on. */
export interface RegressionQuestion {
  question: string;
  /** Source of the document that answers it. */
  source: string;
  createdAt: string;
}

/** A question that a customer asked, and what became of it. */
export interface AskedQuestion {
  /** Of the answer; newer ones are greater. */
  sequence: number;
  messageId: string;
  question: string;
  /** ISO 8601, UTC. */
  askedAt: string;
  outcome: string;
  confidence: number;
  intent: string | null;
  /** Documents that the answer cites. */
  documents: { id: string; title: string }[];
  /** 1 or -1 as the customer rated it; null: not rated. */
  rating: number | null;
  /** A question that must be found from now on. */
  tested: boolean;
}

/** A finding that somebody looked at and let be. */
export interface Dismissal {
  id: string;
  /** The documents behind it, and when each had changed last (ISO 8601, UTC). */
  documents: Record<string, string>;
}

export interface HealthStore {
  saveReport(report: HealthReport): Promise<void>;
  readReport(): Promise<HealthReport | null>;
  listDismissals(): Promise<Dismissal[]>;
  addDismissal(dismissal: Dismissal): Promise<void>;
  /** False when there is none. */
  takeBackDismissal(id: string): Promise<boolean>;
  /** Questions that were declined, newest first, with the time of asking. */
  listUnanswered(limit: number): Promise<{ question: string; askedAt: string }[]>;
  /** Replaces the open gaps; those that a person decided on stay. */
  saveGaps(gaps: readonly KnowledgeGap[]): Promise<void>;
  listGaps(): Promise<KnowledgeGap[]>;
  getGap(id: string): Promise<KnowledgeGap | null>;
  /** With the question as a regression question when it was approved. */
  decideGap(
    id: string,
    decision: { status: 'approved'; source: string } | { status: 'dismissed' },
  ): Promise<void>;
  listRegressionQuestions(): Promise<RegressionQuestion[]>;
  /** The same question again names another document. */
  addRegressionQuestion(question: string, source: string): Promise<void>;
  /** False when there is none. */
  removeRegressionQuestion(question: string): Promise<boolean>;
  /** Answered questions, newest first; `before` is the last sequence of the page before. */
  listAsked(options: { limit: number; before?: number; outcome?: string }): Promise<AskedQuestion[]>;
  /** Null when no answer has this id. */
  findAsked(messageId: string): Promise<AskedQuestion | null>;
  /** Adds to the counts of searches in which these passages were candidates. */
  addRetrievals(counts: ReadonlyMap<number, number>, questions: number): Promise<void>;
  /** Passages that no search has brought up, and the number of searches that were counted. */
  listNeverRetrieved(limit: number): Promise<{ chunkIds: number[]; questions: number }>;
}
