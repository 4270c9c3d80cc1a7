import { hasCode } from '../errors.ts';
import type { CallOptions } from '../inference/contracts.ts';
import type { DocumentFilter } from '../stores/contracts.ts';
import { askedParts, type AskedForms } from './asked-forms.ts';
import { interleave } from './interleave.ts';
import type { Candidate, RankedPassage } from './path-types.ts';
import { standaloneQuestion, type HistoryMessage } from '../understand/standalone-question.ts';
import { compareCandidates, readLikeliest } from './rerank-candidates.ts';
import type { RetrievalTools } from './retrieve-knowledge.ts';
import { searchForms } from './search-forms.ts';

export interface SearchResult {
  /** All fused candidates, best first. */
  fused: Candidate[];
  /** In the order of their nearest sentence as well; empty when the models were away. */
  compared: Candidate[];
  /** The reader's order of the best of these; empty when the models were away. */
  reranked: RankedPassage[];
  /** True when the models were away: the order is that of the keywords alone. */
  keywordsOnly: boolean;
  /** Milliseconds. */
  timings: { retrieve: number; rerank: number };
}

export interface SearchOptions extends CallOptions {
  /** What was said before, oldest first: a follow-up is searched as what it stands for. */
  history?: readonly HistoryMessage[];
  /** Left out: every document. */
  filter?: DocumentFilter;
}

/**
 * Retrieval alone, as `answerbox search` and `/api/v1/search` show it: every stage with its scores. The
 * parts of a question are searched each by itself, and take turns in the lists with the whole of it.
 */
export async function searchKnowledge(
  query: string,
  tools: RetrievalTools,
  { history = [], ...options }: SearchOptions,
): Promise<SearchResult> {
  const started = performance.now();
  const asked = standaloneQuestion(query, history);
  const own = askedParts(asked, query, history);
  // What the parts have in common stands in the whole alone: it takes its turn with them, before them.
  const whole = { text: asked.standalone, forms: [asked.standalone], added: [] };
  const parts = own.length === 1 ? own : [whole, ...own];
  const found = await Promise.all(parts.map(({ forms }) => searchForms(forms, tools, options)));
  const middle = performance.now();
  const keywordsOnly = found.some((one) => one.keywordsOnly);
  const reranked = keywordsOnly ? null : await rerankIfPossible(parts, found, tools, options);
  const timings = { retrieve: middle - started, rerank: performance.now() - middle };
  return {
    fused: interleave(
      found.map(({ fused }) => fused),
      ({ chunk }) => chunk.id,
    ),
    compared: reranked?.compared ?? [],
    reranked: reranked?.read ?? [],
    keywordsOnly: reranked === null,
    timings,
  };
}

async function rerankIfPossible(
  parts: readonly AskedForms[],
  found: readonly { fused: Candidate[] }[],
  tools: RetrievalTools,
  options: CallOptions,
): Promise<{ compared: Candidate[]; read: RankedPassage[] } | null> {
  try {
    const compared: Candidate[][] = [];
    const read: RankedPassage[][] = [];
    for (const [index, { forms }] of parts.entries()) {
      const near = await compareCandidates(forms, found[index]?.fused ?? [], tools, options);
      compared.push(near);
      read.push(await readLikeliest(forms[0]!, near, tools, options));
    }
    const idOf = ({ chunk }: Candidate): number => chunk.id;
    return { compared: interleave(compared, idOf), read: interleave(read, idOf) };
  } catch (error) {
    if (hasCode(error, 'models_unavailable') || hasCode(error, 'model_failed')) return null;
    throw error;
  }
}
