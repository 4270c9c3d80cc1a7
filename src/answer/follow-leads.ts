import { HOPS } from './answer-settings.ts';
import type { ConfidenceModel } from './confidence.ts';
import { namedHeading } from './names-heading.ts';
import type { AnswerTools, Candidate, QuestionPart, RankedPassage } from './path-types.ts';
import { partConfidence } from './read-confidence.ts';
import { rerankCandidates } from './rerank-candidates.ts';
import type { RetrievalOptions } from './retrieve-knowledge.ts';
import { safePassages } from './safe-passages.ts';
import { scoreSentences } from './score-sentences.ts';
import { searchForms } from './search-forms.ts';

interface FollowedPart {
  part: QuestionPart;
  /** What was followed, and what came of it. */
  notes: string[];
}

interface Asked {
  /** What makes an answer sure enough. */
  model: ConfidenceModel;
  /** The question in the form that the reader reads. */
  text: string;
  added: readonly string[];
  lastAnswer: string;
}

interface Lead extends Candidate {
  lead: string;
  named: string;
}

/** Points to another place: what it names is followed first. */
const POINTS = /\b(?:see|read|under|section|page|table|described|explained|listed|set out|according to)\b/i;

/**
 * Multi-hop retrieval (Xiong et al. 2021, arXiv 2009.12756: the question together with what was found is the next
 * query), bounded by HOPS: while the answer is not sure enough, pages that a sentence found so far names by title
 * or heading are read, with that sentence above them. What does not make the answer surer is dropped.
 * @throws model_failed, models_unavailable, cancelled
 */
export async function followLeads(
  part: QuestionPart,
  asked: Asked,
  tools: AnswerTools,
  options: RetrievalOptions,
): Promise<FollowedPart> {
  const sureness = (some: QuestionPart): number => partConfidence(some, asked.model, asked.lastAnswer);
  const notes: string[] = [];
  const seen = new Set(part.ranked.slice(0, HOPS.kept).map(({ chunk }) => chunk.id));
  let best = part;
  for (let hop = 2; hop <= HOPS.most && sureness(best) < asked.model.caveat; hop += 1) {
    const leads = await findLeads(best, asked.text, seen, tools, options);
    if (leads.length === 0) break;
    const reread = await rerankCandidates([asked.text], leads, tools, options);
    const read = safePassages(reread, asked, tools);
    const ranked = inOrder([...read, ...best.ranked.slice(0, HOPS.kept)]);
    const sentences = await scoreSentences(asked.text, ranked, tools.models.reader, {
      ...options,
      added: asked.added,
    });
    const next = { ...best, ranked, sentences };
    const gain = sureness(next) - sureness(best);
    notes.push(
      `search ${hop}: ${leads.map(({ named, chunk }) => `"${named}" (${chunk.title})`).join(', ')} named by what was found; ` +
        `confidence ${sureness(best).toFixed(2)} → ${sureness(next).toFixed(2)}, ${gain < HOPS.gain ? 'dropped' : 'kept'}`,
    );
    if (gain < HOPS.gain) break;
    best = next;
  }
  return { part: best, notes };
}

/** Passages not looked at yet whose title or heading a sentence found so far names, nearest first. */
async function findLeads(
  { ranked, sentences }: QuestionPart,
  question: string,
  seen: Set<number>,
  tools: AnswerTools,
  { signal, filter }: RetrievalOptions,
): Promise<Lead[]> {
  const found: Lead[] = [];
  for (const lead of leadingSentences(ranked, sentences)) {
    const { fused } = await searchForms([`${question} ${lead}`], tools, {
      ...(signal && { signal }),
      ...(filter && { filter }),
    });
    for (const candidate of fused) {
      if (found.length === HOPS.passages) return found;
      const named = seen.has(candidate.chunk.id) ? null : namedHeading(lead, candidate.chunk.headingPath);
      if (named === null) continue;
      seen.add(candidate.chunk.id);
      found.push({ ...candidate, lead, named });
    }
  }
  return found;
}

function leadingSentences(
  ranked: readonly RankedPassage[],
  sentences: QuestionPart['sentences'],
): readonly string[] {
  const near = ranked
    .slice(0, HOPS.kept)
    .flatMap(({ chunk, sentences: spans }) => spans.map(({ start, end }) => chunk.text.slice(start, end)));
  const pointing = near.filter((text) => POINTS.test(text));
  return [...new Set([...pointing, ...sentences.map(({ text }) => text)])].slice(0, HOPS.leads);
}

function inOrder(passages: readonly RankedPassage[]): RankedPassage[] {
  return [...passages]
    .sort((left, right) => right.reranked.score - left.reranked.score)
    .map((passage, index) => ({ ...passage, reranked: { ...passage.reranked, rank: index + 1 } }));
}
