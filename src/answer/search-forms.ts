import { fuseCandidates } from './fuse-candidates.ts';
import type { Candidate, Ranked } from './path-types.ts';
import { retrieveKnowledge, type RetrievalOptions, type RetrievalTools } from './retrieve-knowledge.ts';

export interface FoundCandidates {
  /** Best first. */
  fused: Candidate[];
  /** True when the models were away and only keywords were searched. */
  keywordsOnly: boolean;
  /** False when the models don't read the script of the question. */
  readable: boolean;
}

/**
 * retrieve → fuse, for every form in which one thing may have been asked (a follow-up that may or may not
 * lean on what was said before). A passage counts by the form that finds it best.
 * @param forms the likeliest first; `vector` is the first one's, where it is known
 */
export async function searchForms(
  forms: readonly string[],
  tools: RetrievalTools,
  options: RetrievalOptions,
): Promise<FoundCandidates> {
  const { vector, ...call } = options;
  // A typing error may be none: the words as they were written are searched too.
  const corrected = forms.length === 0 ? null : tools.words.corrected(forms[0]!);
  const found = await Promise.all(
    [...forms, ...(corrected === null ? [] : [corrected])].map(async (text, index) => {
      const retrieved = await retrieveKnowledge(
        text,
        tools,
        index === 0 ? { ...call, vector: vector ?? null } : call,
      );
      const { keywordsOnly, readable } = retrieved;
      return { fused: await fuseCandidates(text, retrieved, tools), keywordsOnly, readable };
    }),
  );
  return {
    fused: found.length === 1 ? found[0]!.fused : bestOf(found.flatMap(({ fused }) => fused)),
    keywordsOnly: found.some(({ keywordsOnly }) => keywordsOnly),
    readable: found.every(({ readable }) => readable),
  };
}

function bestOf(candidates: readonly Candidate[]): Candidate[] {
  const best = new Map<number, Candidate>();
  for (const candidate of candidates) {
    const known = best.get(candidate.chunk.id);
    best.set(candidate.chunk.id, known ? better(known, candidate) : candidate);
  }
  return [...best.values()]
    .sort((left, right) => right.fused.score - left.fused.score || left.chunk.id - right.chunk.id)
    .map((candidate, index) => ({ ...candidate, fused: { ...candidate.fused, rank: index + 1 } }));
}

function better(one: Candidate, other: Candidate): Candidate {
  return {
    chunk: one.chunk,
    bm25: higher(one.bm25, other.bm25),
    vector: higher(one.vector, other.vector),
    fused: one.fused.score >= other.fused.score ? one.fused : other.fused,
  };
}

function higher(one: Ranked | null, other: Ranked | null): Ranked | null {
  if (one === null || other === null) return one ?? other;
  return one.rank <= other.rank ? one : other;
}
