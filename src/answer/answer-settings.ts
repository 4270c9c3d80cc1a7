/** The numbers of the question path, together: unit, range, reason. Fitted ones name their source. */

export const ROUTING = {
  /** Least probability of a greeting, thanks or goodbye that is answered as such, 0…1. */
  smallTalk: 0.8,
  /** Least probability of an intent by which live sources are chosen, 0…1. */
  live: 0.5,
  /** Probability of an intent from which on it is hardly in doubt, 0…1. */
  sure: 0.95,
  /** Least lead (see Route.productLead) where the customer describes something and asks nothing. */
  statementLead: 0.05,
  /** Least probability of out_of_scope from which a declined question counts as one about something else, 0…1. */
  elsewhere: 0.8,
  /** Least probability of a wish for a person that is followed at once, 0…1. */
  person: 0.8,
} as const;

export const RETRIEVAL = {
  /** Chunks taken from each of keyword and vector search; 10…200. */
  candidates: 40,
  /**
   * Fused score = cosine similarity + this × bm25 / (bm25 + bm25Half). On the tune questions among 5,000
   * foreign passages MRR@5 0.84, against 0.81 for vectors alone.
   */
  keywordWeight: 0.15,
  /** BM25 score that counts half; scores of 5 to 20 are usual. */
  bm25Half: 10,
  /** What a passage gains in fused score that holds all codes of the question; see codeShares. */
  codeWeight: 0.3,
  /** Documents followed of those that each kind of hint (summaries, pictures) names; 0…10. */
  hints: 3,
  /** Share of the way from its own similarity to the hint's that a passage is raised, 0…1. */
  hintWeight: 0.5,
} as const;

export const LEXICAL = {
  /** Passages whose words are counted, best first by BM25. */
  passages: 10,
  /** Least share of the question's words, weighted by rarity, that a quoted passage holds, 0…1. */
  floor: 0.5,
} as const;

export const RERANKING = {
  /**
   * Final score = reader's relevance 0…1 + this × first score (about 0…2). Over the best six of 977 questions of
   * eight businesses MRR@10 is 0.846 without the reader, 0.857 with it at 7; 3 to 14 come within 0.003, below 7 more
   * passages must be read until the first ones are settled.
   */
  fusionWeight: 7,
  /**
   * First score = fused score + this × cosine of the question and the passage's nearest sentence. Over all candidates
   * among 5,000 foreign passages it brings MRR@5 from 0.697 to 0.730 on 596 questions of five other businesses
   * (paraphrased ones from 0.469 to 0.510) and from 0.850 to 0.891 on the tune half. Since the embedder learns
   * sentences too, 1.3 finds a little more than 1 or 1.6 (0.857, 0.856, 0.853 over the questions of fusionWeight).
   */
  sentenceWeight: 1.3,
  /**
   * Passages that the reader reads at least, and at most; 1…40. Over the tune questions, parts and dialogues among
   * 700 foreign passages and 50 questions of models/training/dev, reading 4 to 6 or all of 20 came to MRR@10 within
   * 0.002 and to the same best sentence; reading 3 lost answers that stood farther back.
   */
  least: 4,
  most: 6,
  /**
   * Reading ends as soon as no further passage can come among so many first, whatever the reader would say of it:
   * its relevance adds 1 at most. With it 4.3 passages are read in the mean.
   */
  settled: 2,
} as const;

export const SENTENCES = {
  /** Passages whose sentences are looked at, best first. */
  passages: 4,
  /** Points of span logit that one point of the passage's final score is worth. */
  passageWeight: 7,
  /**
   * Points of span logit that one point of cosine is worth. From a listwise logistic model over 319 answerable
   * questions of five businesses: the best sentence of paraphrased questions is right in .37 (by the reader alone
   * .31, cross-validated by business), in the demo shop's tune half in .38 (.29). 30 to 70 find as much.
   */
  similarityWeight: 48,
  /**
   * Sentences that the reader reads once more by themselves; 1…20. Each costs a quarter of a passage. Of 2 to 8 the
   * same sentence came out best on the tune questions.
   */
  reread: 4,
  /** Points that one point of log odds in that second look is worth; from the same model. */
  rereadWeight: 1.7,
  /** A sentence this many points below the best one is left out. */
  margin: 16,
  /** Points that a sentence loses whose passage holds nothing of what a follow-up names anew. */
  absentWeight: 3,
  /** Points that a sentence gains that speaks of a code which was asked about, and loses that speaks of another. */
  codeWeight: 16,
} as const;

/**
 * Log odds that an answer to a follow-up loses when its passage holds nothing of what the follow-up names anew:
 * what is left is the answer to the question before. Two take 0.9 to 0.55, four to 0.14.
 */
export const FOLLOW_UPS = {
  absent: 2,
  /** More when the very sentence was shown in the last answer. */
  repeated: 2,
} as const;

export const HOPS = {
  /** Searches for one thing at most, the first included: each further one costs a search and 11 rows of the reader. */
  most: 3,
  /** Sentences of the best passages whose words are followed. */
  leads: 3,
  /** Passages that are read of those a sentence names. */
  passages: 3,
  /** Passages found before that are read beside them. */
  kept: 2,
  /** Confidence that a further search must gain to be kept, 0…1; less is chance. */
  gain: 0.1,
} as const;

export const CONTEXT = {
  /** Tokens of all passages together, by the embedder's tokenizer; a small generator loses itself in more. */
  maxTokens: 400,
  /** Sentences of all passages together. */
  maxSentences: 4,
  /** A sentence this many points below the best one only distracts a small generator. */
  margin: 5,
} as const;

/** The same for a larger generator, which reads more without losing itself. */
export const LARGE_CONTEXT = {
  /** Tokens of all passages together at most; two cores read some 100 a second with a model of 3 billion weights. */
  maxTokens: 1_000,
  /** Share of its context that passages may take, 0…1: the rest is for the template, the question and the answer. */
  share: 0.6,
  maxSentences: 12,
  /** As far as sentences are kept at all (SENTENCES.margin). */
  margin: 16,
} as const;

export const GENERATION = {
  /** The draft's first sentence must say what one of the reader's so many best sentences says. */
  bestSentences: 1,
  /** Questions that may hold the model before a further one is answered extractively. */
  busyAt: 2,
  /** Tokens of a sentence that is written once more at most; sentences of help pages rarely take 50. */
  againTokens: 60,
} as const;

/** Questions that ask how something is done: see how-to.ts. */
export const HOW_TO = {
  /** Sentences of instructions in one passage from which on they count as steps. */
  least: 2,
  /** Sentences between two of them that may be none themselves. */
  gap: 1,
  /** Characters of steps that are quoted together, at most; with fewer a list of seven is cut in the middle. */
  maxCharacters: 700,
} as const;

/** Questions that name a code; chosen on those of models/training/dev/codes. */
export const CODES = {
  /** Log odds that an answer gains whose sentence speaks of the code. */
  held: 1.5,
  /** Log odds that it loses whose sentence speaks of another. */
  other: 3.5,
  /** Characters that are quoted of what is said of the code, at most. */
  maxCharacters: 380,
} as const;

export const EXTRACTION = {
  /** Sentences of an extractive answer at most. */
  maxSentences: 3,
  /** Characters at most, unless the first sentence alone is longer. */
  maxCharacters: 380,
  /** A further sentence must come this close to the best one, in points of SENTENCES. */
  margin: 10,
} as const;

export const CHECKING = {
  /** Share of a sentence's content words that its evidence must hold, 0…1. */
  coverage: 0.9,
  /** Share that the evidence itself must hold, the heading path left out, 0…1. */
  ownCoverage: 0.5,
  /** Sentences of evidence that one sentence may draw on together. */
  window: 2,
  /** Least probability, by the verifier, that the evidence holds the sentence, 0…1. */
  verifierFloor: 0.5,
  /**
   * Tokens of heading path, evidence and its neighbours, by the embedder's tokenizer: what the verifier reads
   * beside the longest statement. 60…180. Neighbours that do not fit are left out, or they would push the
   * evidence itself out of sight.
   */
  evidenceTokens: 180,
} as const;

/** Replies that are suggested to staff, who judge them before they send them. */
export const SUGGESTIONS = {
  /**
   * Least confidence of one, 0…1: of the 708 questions of the built-in fit's sample, the best sentence is right in 4 %
   * of those below it and in 30 % of those between it and the threshold below which customers are not answered.
   */
  floor: 0.15,
  /** Newest messages of the conversation that are looked at: for what is unanswered, and what was said already. */
  messages: 40,
} as const;
