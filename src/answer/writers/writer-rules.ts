import type { QuestionPart } from '../path-types.ts';

/** What is known of a part of a question before a word of its answer is written. */
export interface Complexity {
  /** Parts that the question has. */
  parts: number;
  /** Its answer rests on a passage that another passage named (HOPS). */
  hops: boolean;
  /** Tokens of the evidence that the built-in generator would get, by the embedder's tokenizer. */
  evidenceTokens: number;
  /** Lead, in points of fused score (about 0…1), of the best passage over the best one of another document. */
  margin: number;
}

export const COMPLEXITY = {
  /** Parts from which on a question is complex. Each is answered by itself, but their wording gets harder. 2…6. */
  parts: 2,
  /** Tokens of evidence; more than the passages that the built-in generator learned from mostly held. 80…400. */
  evidenceTokens: 160,
  /** Leads below this leave open which document is meant: then several have to be read together. 0…0.2. */
  margin: 0.01,
} as const;

interface WriterRule {
  name: string;
  reason: string;
  holds: (complexity: Complexity) => boolean;
}

/** Who asks one of these is answered by the larger generator, where there is one. The first that holds is traced. */
export const WRITER_RULES: readonly WriterRule[] = [
  {
    name: 'parts',
    reason: 'the question asks for several things',
    holds: ({ parts }) => parts >= COMPLEXITY.parts,
  },
  {
    name: 'hops',
    reason: 'the answer was found by following a page that another page names',
    holds: ({ hops }) => hops,
  },
  {
    name: 'evidence',
    reason: 'there is more evidence than the built-in generator uses well',
    holds: ({ evidenceTokens }) => evidenceTokens >= COMPLEXITY.evidenceTokens,
  },
  {
    name: 'margin',
    reason: 'several documents fit about as well',
    holds: ({ margin }) => margin < COMPLEXITY.margin,
  },
];

export function complexityOf(part: QuestionPart, evidenceTokens: number): Complexity {
  const [best] = part.sentences;
  return {
    parts: Math.round(1 / part.share),
    hops: best?.passage.lead !== undefined,
    evidenceTokens,
    margin: marginOf(part),
  };
}

/** The rule by which the larger generator writes, or null. */
export function ruleFor(complexity: Complexity): string | null {
  return WRITER_RULES.find(({ holds }) => holds(complexity))?.name ?? null;
}

function marginOf({ ranked }: Pick<QuestionPart, 'ranked'>): number {
  const found = [...ranked].sort((left, right) => right.fused.score - left.fused.score);
  const [first] = found;
  const other = found.find(({ chunk }) => chunk.documentId !== first?.chunk.documentId);
  return first && other ? first.fused.score - other.fused.score : Infinity;
}
