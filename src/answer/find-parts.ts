import { AnswerboxError } from '../errors.ts';
import type { AnswerEvent } from './answer-types.ts';
import type { AskedForms } from './asked-forms.ts';
import { readSiblings } from './decide/read-siblings.ts';
import { followLeads } from './follow-leads.ts';
import type { AnswerTools, Candidate, Question, QuestionPart } from './path-types.ts';
import { readProfile } from './read-profile.ts';
import { rerankCandidates } from './rerank-candidates.ts';
import { safePassages } from './safe-passages.ts';
import { scoreSentences } from './score-sentences.ts';
import type { RetrievalOptions } from './retrieve-knowledge.ts';
import { searchForms } from './search-forms.ts';
import type { Turn } from './turn.ts';

interface SearchedParts {
  /** Candidates of each part, best first. */
  candidates: Candidate[][];
  /** Fused score of the nearest passage of all parts; -1 when there is none. */
  nearest: number;
}

/** Finds the passages for each part of the question. @throws models_unavailable, cancelled, storage_* */
export async function* searchParts(
  turn: Turn,
  question: Question,
  /** The standalone question's vector, where it is known already. */
  vector: Float32Array | null,
  tools: AnswerTools,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, SearchedParts> {
  const { filter } = question;
  const knownFor = ({ forms }: AskedForms): Float32Array | null =>
    forms[0] === question.standalone ? vector : null;
  const candidates = yield* turn.stage('retrieve', () =>
    Promise.all(
      question.parts.map((part) => searchOrFail(part, { filter, vector: knownFor(part), signal }, tools)),
    ),
  );
  const nearest = Math.max(-1, ...candidates.map(([first]) => first?.fused.score ?? -1));
  return { candidates, nearest };
}

/** Reads the passages of each part and orders them and their sentences; follows what they name where that is not enough. */
export async function* readParts(
  turn: Turn,
  question: Question,
  { candidates }: SearchedParts,
  tools: AnswerTools,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, QuestionPart[]> {
  const { lastAnswer, filter } = question;
  const { models } = tools;
  const model = tools.confidence.modelFor(turn.intent && { intent: turn.intent.name });
  return yield* turn.stage('rerank', async () => {
    const parts: QuestionPart[] = [];
    for (const [index, { text, forms, added }] of question.parts.entries()) {
      const asked = forms[0]!;
      const fitting = preferChosen(candidates[index] ?? [], question.chosen ?? null);
      const read = await rerankCandidates(forms, fitting, tools, { signal });
      const ranked = safePassages(read, question, tools);
      const sentences = await scoreSentences(asked, ranked, models.reader, { signal, added });
      const found = { text, share: 1 / question.parts.length, ranked, sentences };
      const about = { text: asked, added, lastAnswer, model };
      const { part: followed, notes } = await followLeads(found, about, tools, { signal, filter });
      const { part, note: ofProfile } = await readProfile(followed, about, turn, tools, signal);
      for (const note of [...notes, ...(ofProfile === null ? [] : [ofProfile])]) turn.note('rerank', note);
      const others = await readSiblings(part, asked, fitting, tools, { signal });
      const siblings = safePassages(others, question, tools);
      parts.push({ ...part, siblings });
      turn.trace.part({ ...part, siblings }, fitting);
    }
    return parts;
  });
}

/** After "which one do you mean?" only the document or section that was chosen, where there is one of that name. */
function preferChosen(candidates: readonly Candidate[], chosen: string | null): readonly Candidate[] {
  if (chosen === null) return candidates;
  const named = candidates.filter(
    ({ chunk }) => chunk.title === chosen || chunk.headingPath.split(' > ').includes(chosen),
  );
  return named.length > 0 ? named : candidates;
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
