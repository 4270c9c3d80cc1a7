import type { CallOptions } from '../../inference/contracts.ts';
import { stemsOf } from '../../text/content-words.ts';
import type { Candidate, QuestionPart, RankedPassage } from '../path-types.ts';
import { rerankCandidates } from '../rerank-candidates.ts';
import type { RetrievalTools } from '../retrieve-knowledge.ts';
import { CLARIFYING } from './decide-settings.ts';
import { likeliest } from './find-choices.ts';
import { siblingTitles } from './sibling-titles.ts';

/**
 * The reader stops when the first places are settled; where a sibling of the best document was found behind them, it
 * is read as well, since it may answer the same question otherwise. Each document once; mostly there is none, and
 * nothing is read. @throws model_failed, models_unavailable, cancelled
 */
export async function readSiblings(
  { ranked, sentences }: Pick<QuestionPart, 'ranked' | 'sentences'>,
  question: string,
  candidates: readonly Candidate[],
  tools: Pick<RetrievalTools, 'models' | 'sentences' | 'weights'>,
  options: CallOptions,
): Promise<RankedPassage[]> {
  const best = likeliest(sentences);
  const asked = stemsOf(question);
  const read = new Set(ranked.map(({ chunk }) => chunk.id));
  const titles = new Set<string>();
  const unread = candidates.slice(0, CLARIFYING.looked).filter((candidate) => {
    if (read.has(candidate.chunk.id)) return false;
    const names = best.map(({ passage }) => siblingTitles(passage, candidate, asked));
    const title = names.find((one) => one !== null)?.[1];
    if (title === undefined || titles.has(title)) return false;
    titles.add(title);
    return true;
  });
  if (unread.length === 0) return [];
  return rerankCandidates([question], unread.slice(0, CLARIFYING.choices - 1), tools, options);
}
