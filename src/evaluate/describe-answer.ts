import { readSignals } from '../answer/confidence.ts';
import type { Candidate, RankedPassage } from '../answer/path-types.ts';
import { scoreSentences } from '../answer/score-sentences.ts';
import type { TokenCounter } from '../inference/contracts.ts';
import type { EvaluationApp } from './open-evaluation-app.ts';
import type { ScoredAnswer } from './score-answer.ts';
import { verifyShown } from './verify-shown.ts';

/**
 * Everything that was scored of one question, for a line of `--out`: enough to tell whether the search,
 * the reader, the threshold, the check or the verifier is to blame. The search is run once more for it, outside the
 * times that were measured.
 */
export async function describeAnswer(
  { question, answer, ...scored }: ScoredAnswer,
  { app, docIdOf }: EvaluationApp,
  tokens: TokenCounter,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const { fused, reranked } = await app.search(question.text, { signal });
  const sentences = await scoreSentences(question.text, reranked, app.models.reader, { signal });
  const isGold = ({ chunk }: Candidate): boolean => question.docIds.includes(docIdOf(chunk.documentId) ?? '');
  const shown = { sentences: scored.sentences, citations: answer?.citations ?? [], passages: reranked };
  const probabilities = await verifyShown(shown, { verifier: app.models.verifier, tokens }, signal);
  return {
    q: question.text,
    kind: question.kind,
    answerable: question.answerable,
    doc_ids: question.docIds,
    answers: question.answers,
    outcome: answer?.outcome ?? 'refused',
    mode: answer?.mode ?? null,
    confidence: answer?.confidence ?? null,
    answer: answer?.answer ?? null,
    exact_match: scored.exactMatch,
    f1: scored.f1,
    contains_answer: scored.contains,
    cited_document_right: scored.citedRight,
    citations:
      answer?.citations.map((citation) => ({ ...citation, doc_id: docIdOf(citation.document_id) ?? null })) ??
      [],
    sentences: scored.sentences.map((sentence, index) => ({
      ...sentence,
      verifier: probabilities[index] ?? null,
    })),
    signals: readSignals({ ranked: reranked, sentences }),
    gold_ranks: {
      bm25: rankOf(fused.filter(isGold).map(({ bm25 }) => bm25?.rank)),
      vector: rankOf(fused.filter(isGold).map(({ vector }) => vector?.rank)),
      hybrid: rankOf(fused.filter(isGold).map((candidate) => candidate.fused.rank)),
      reranked: rankOf(reranked.filter(isGold).map((passage) => passage.reranked.rank)),
    },
    best_sentences: sentences.slice(0, 4).map(({ text, score, answerable, passage }) => ({
      doc_id: docIdOf(passage.chunk.documentId) ?? null,
      text,
      score,
      answerable,
    })),
    best_passages: reranked.slice(0, 3).map((passage) => describePassage(passage, docIdOf)),
    total_ms: scored.totalMs,
    first_text_ms: scored.firstTextMs,
    timings_ms: answer?.timings_ms ?? null,
  };
}

/** Rank of the first chunk of a gold document; null when there is none. */
function rankOf(ranks: readonly (number | undefined)[]): number | null {
  const found = ranks.filter((rank) => rank !== undefined);
  return found.length === 0 ? null : Math.min(...found);
}

function describePassage(
  { chunk, reading, reranked }: RankedPassage,
  docIdOf: EvaluationApp['docIdOf'],
): Record<string, unknown> {
  return {
    doc_id: docIdOf(chunk.documentId) ?? null,
    heading: chunk.headingPath,
    text: chunk.text,
    score: reranked.score,
    relevance: reading.relevance,
    answerable: reading.answerable,
    span: reading.span && { ...reading.span, text: chunk.text.slice(reading.span.start, reading.span.end) },
  };
}
