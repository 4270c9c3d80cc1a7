import { AnswerboxError } from '../errors.ts';
import { contentWords } from '../text/content-words.ts';
import type { AnswerEvent } from './answer-types.ts';
import { fuseCandidates } from './fuse-candidates.ts';
import type { AnswerTools, Candidate, FoundParts, Question, QuestionPart } from './path-types.ts';
import { rerankCandidates } from './rerank-candidates.ts';
import { retrieveKnowledge } from './retrieve-knowledge.ts';
import { scoreSentences } from './score-sentences.ts';
import type { Turn } from './turn.ts';

/** A part that leans on the one before is searched and read together with the whole question. */
const LEANS = /\b(?:it|its|they|them|their|that|this|these|those|one|ones|there)\b/i;
/** With this many words of its own a part stands alone ("how much is it to have a jacket mended"). */
const OWN_WORDS = 3;

/** Finds and orders the passages for each part of the question. */
export async function* findParts(
  turn: Turn,
  question: Question,
  /** The whole question's vector, where it is known already. */
  vector: Float32Array | null,
  tools: AnswerTools,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, FoundParts> {
  const { generation } = await tools.knowledge.counts();
  const asked = question.parts.map((part, index) => (index > 0 && leans(part) ? question.text : part));
  const candidates = yield* turn.stage('retrieve', () =>
    Promise.all(
      asked.map(async (text) => fuseOrFail(text, text === question.text ? vector : null, tools, signal)),
    ),
  );
  return yield* turn.stage('rerank', async () => {
    const parts: QuestionPart[] = [];
    for (const [index, text] of asked.entries()) {
      const { reader } = tools.models;
      const ranked = await rerankCandidates(text, candidates[index] ?? [], reader, { signal });
      const sentences = await scoreSentences(text, ranked, reader, { signal });
      parts.push({ text: question.parts[index] ?? text, share: 1 / asked.length, ranked, sentences });
    }
    return { parts, generation };
  });
}

function leans(part: string): boolean {
  return LEANS.test(part) && contentWords(part).length < OWN_WORDS;
}

/** Without the models no answer can be judged, so the customer is told to wait (search still works). */
async function fuseOrFail(
  text: string,
  vector: Float32Array | null,
  tools: AnswerTools,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const retrieved = await retrieveKnowledge(text, tools, { signal, vector });
  if (retrieved.keywordsOnly) throw new AnswerboxError('models_unavailable', { seconds: 5 });
  return fuseCandidates(retrieved, tools);
}
