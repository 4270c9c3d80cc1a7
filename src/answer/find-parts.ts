import { AnswerboxError } from '../errors.ts';
import type { AnswerEvent } from './answer-types.ts';
import type { AskedForms } from './asked-forms.ts';
import type { AnswerTools, Candidate, Question, QuestionPart } from './path-types.ts';
import { rerankCandidates } from './rerank-candidates.ts';
import { scoreSentences } from './score-sentences.ts';
import type { RetrievalOptions } from './retrieve-knowledge.ts';
import { searchForms } from './search-forms.ts';
import type { Turn } from './turn.ts';

/** Finds and orders the passages for each part of the question. */
export async function* findParts(
  turn: Turn,
  question: Question,
  /** The standalone question's vector, where it is known already. */
  vector: Float32Array | null,
  tools: AnswerTools,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, QuestionPart[]> {
  const knownFor = ({ forms }: AskedForms): Float32Array | null =>
    forms[0] === question.standalone ? vector : null;
  const candidates = yield* turn.stage('retrieve', () =>
    Promise.all(
      question.parts.map((part) =>
        searchOrFail(part, { filter: question.filter, vector: knownFor(part), signal }, tools),
      ),
    ),
  );
  return yield* turn.stage('rerank', async () => {
    const parts: QuestionPart[] = [];
    for (const [index, { text, forms }] of question.parts.entries()) {
      const { reader } = tools.models;
      const asked = forms[0]!;
      const ranked = await rerankCandidates(asked, candidates[index] ?? [], reader, { signal });
      const sentences = await scoreSentences(asked, ranked, reader, { signal });
      parts.push({ text, share: 1 / question.parts.length, ranked, sentences });
    }
    return parts;
  });
}

/** Without the models no answer can be judged, so the customer is told to wait (search still works). */
async function searchOrFail(
  { forms }: AskedForms,
  options: RetrievalOptions,
  tools: AnswerTools,
): Promise<Candidate[]> {
  const { fused, keywordsOnly, readable } = await searchForms(forms, tools, options);
  if (keywordsOnly && readable) throw new AnswerboxError('models_unavailable', { seconds: 5 });
  return fused;
}
