import { throwIfCancelled } from '../errors.ts';
import type { Candidate } from '../answer/path-types.ts';
import type { SearchResult } from '../answer/search-knowledge.ts';
import type { EvaluationOptions, EvaluationQuestion } from './evaluation-types.ts';
import { warnOfMissing, withEvaluationApp, type EvaluationApp } from './open-evaluation-app.ts';
import { reportStage, type RankedList, type StageReport } from './rank-metrics.ts';
import { readQuestions } from './read-questions.ts';
import { timeRetrieval } from './time-retrieval.ts';

const STAGES = ['bm25', 'vector', 'hybrid', 'reranked'] as const;
type RetrievalStage = (typeof STAGES)[number];

export interface RetrievalReport {
  /** Answerable questions that name their documents; only they count. */
  questions: number;
  documents: number;
  chunks: number;
  index_seconds: number;
  stages: Record<RetrievalStage, StageReport>;
}

/** How far up each stage of the search brings a question's documents. @throws evaluation_file_invalid, cancelled */
export async function evaluateRetrieval(options: EvaluationOptions): Promise<RetrievalReport> {
  const { limit, signal } = options;
  const keep = ({ answerable, docIds }: EvaluationQuestion): boolean => answerable && docIds.length > 0;
  const questions = await readQuestions(options.questions, { limit, signal, keep });
  return withEvaluationApp(options, async (evaluation) => {
    warnOfMissing(questions, evaluation, options.onWarning);
    const lists = await searchAll(questions, evaluation, options);
    return {
      questions: questions.length,
      documents: evaluation.documents,
      chunks: evaluation.chunks,
      index_seconds: Math.round(evaluation.indexSeconds * 100) / 100,
      stages: {
        bm25: reportStage(lists.bm25),
        vector: reportStage(lists.vector),
        hybrid: reportStage(lists.hybrid),
        reranked: reportStage(lists.reranked),
      },
    };
  });
}

async function searchAll(
  questions: readonly EvaluationQuestion[],
  { app, docIdOf }: EvaluationApp,
  { signal, onProgress }: EvaluationOptions,
): Promise<Record<RetrievalStage, RankedList[]>> {
  const lists: Record<RetrievalStage, RankedList[]> = { bm25: [], vector: [], hybrid: [], reranked: [] };
  const callOptions = signal ? { signal } : {};
  // The first question after loading pays for caches that later ones find filled.
  await timeRetrieval(questions[0]?.text ?? '', app, callOptions);
  for (const [index, { text, docIds, needsAll, history }] of questions.entries()) {
    throwIfCancelled(signal);
    const { result, times } = await timeRetrieval(text, app, { ...callOptions, history });
    for (const stage of STAGES) {
      const ranked = mergeChunks(orderOf(stage, result), docIdOf);
      lists[stage].push({ ranked, gold: docIds, needsAll, milliseconds: times[stage] });
    }
    onProgress?.('Searching', index + 1, questions.length);
  }
  return lists;
}

/** The stage's order of chunks. The reader looks at the best only; the others follow by their nearest sentence. */
function orderOf(stage: RetrievalStage, { fused, compared, reranked }: SearchResult): readonly Candidate[] {
  if (stage === 'hybrid') return fused;
  if (stage === 'reranked') return [...reranked, ...compared, ...fused];
  const rankOf = (candidate: Candidate): number => candidate[stage]?.rank ?? Infinity;
  return fused
    .filter((candidate) => candidate[stage] !== null)
    .sort((left, right) => rankOf(left) - rankOf(right));
}

/** A document stands where its first chunk stands. */
function mergeChunks(order: readonly Candidate[], docIdOf: EvaluationApp['docIdOf']): string[] {
  return [...new Set(order.map(({ chunk }) => docIdOf(chunk.documentId) ?? chunk.documentId))];
}
