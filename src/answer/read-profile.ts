import { ROUTING } from './answer-settings.ts';
import type { ConfidenceModel } from './confidence.ts';
import type { AnswerTools, Candidate, QuestionPart, ShopFacts } from './path-types.ts';
import { partConfidence } from './read-confidence.ts';
import { rerankCandidates } from './rerank-candidates.ts';
import { safePassages } from './safe-passages.ts';
import { scoreSentences } from './score-sentences.ts';
import type { Turn } from './turn.ts';

/** What a citation of the profile names as its document; no document of the store has such an id. */
export const PROFILE_DOCUMENT = 'profile';

export function profileTitle({ name }: Pick<ShopFacts, 'name'>): string {
  return `About ${name}`;
}

/** Intents that the profile can answer. */
const INTENTS: readonly string[] = ['contact', 'business_hours'];
const ASKS =
  /\b(?:e-?mail(?: address)?|(?:tele)?phone|phone number|hotline|call you|reach you|contact(?: details)?|web ?site|opening hours|when (?:are|do) you|open(?:s|ed)?\b|close[sd]?\b)/i;

interface Asked {
  /** The question in the form that the reader reads. */
  text: string;
  added: readonly string[];
  lastAnswer: string;
  model: ConfidenceModel;
}

/**
 * A question about contact or hours that the documents do not answer is answered from the shop's profile, as from
 * one more passage: read by the reader, compared with the same thresholds, cited like any other. The part as it was
 * where the documents do, or where the profile makes the answer no surer.
 * @throws model_failed, models_unavailable, cancelled
 */
export async function readProfile(
  part: QuestionPart,
  asked: Asked,
  turn: Pick<Turn, 'intent'>,
  tools: AnswerTools,
  signal: AbortSignal,
): Promise<{ part: QuestionPart; note: string | null }> {
  const { text, added, lastAnswer, model } = asked;
  const facts = tools.facts();
  const before = partConfidence(part, model, lastAnswer);
  if (facts.text === '' || before >= model.decline || !asksForProfile(text, turn))
    return { part, note: null };
  const read = await rerankCandidates([text], [profilePassage(facts)], tools, { signal });
  const passages = safePassages(read, { text }, tools);
  const sentences = await scoreSentences(text, passages, tools.models.reader, { signal, added });
  const ranked = [...passages, ...part.ranked].map((passage, index) => ({
    ...passage,
    reranked: { ...passage.reranked, rank: index + 1 },
  }));
  const next = { ...part, ranked, sentences };
  const after = partConfidence(next, model, lastAnswer);
  const note = `the shop's profile read: confidence ${before.toFixed(2)} → ${after.toFixed(2)}`;
  return after > before ? { part: next, note: `${note}, kept` } : { part, note: `${note}, dropped` };
}

function asksForProfile(text: string, { intent }: Pick<Turn, 'intent'>): boolean {
  const named = intent !== null && intent.confidence >= ROUTING.live && INTENTS.includes(intent.name);
  return named || ASKS.test(text);
}

function profilePassage(facts: ShopFacts): Candidate {
  const title = profileTitle(facts);
  const chunk = {
    id: -1,
    documentId: PROFILE_DOCUMENT,
    title,
    url: facts.url,
    updatedAt: '',
    ordinal: 0,
    headingPath: title,
    text: facts.text,
    start: 0,
    end: facts.text.length,
    tokens: 0,
  };
  return { chunk, bm25: null, vector: null, fused: { rank: 1, score: 0 } };
}
