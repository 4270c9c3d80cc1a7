import type { Citation } from '../answer/answer-types.ts';
import type { RankedPassage } from '../answer/path-types.ts';
import { verifierEvidence } from '../answer/verifier-evidence.ts';
import type { TokenCounter, Verifier } from '../inference/contracts.ts';
import type { ShownSentence } from './answer-sentences.ts';

export interface ShownAnswer {
  sentences: readonly ShownSentence[];
  citations: readonly Citation[];
  /** Passages that the search gave for the question; citations of others are passed over. */
  passages: readonly Pick<RankedPassage, 'chunk' | 'sentences'>[];
}

/**
 * The verifier's probability for each shown sentence, the best of its citations; null where there is no
 * verifier, or no citation of a passage that was found. Copies are asked about as well, unlike in the
 * answer path. It tells of the verifier; whether a sentence counts as unsupported is not its to say.
 */
export async function verifyShown(
  { sentences, citations, passages }: ShownAnswer,
  { verifier, tokens }: { verifier: Verifier | null; tokens: TokenCounter },
  signal: AbortSignal,
): Promise<(number | null)[]> {
  const pairs = sentences.flatMap(({ text: statement, cited }, index) =>
    citations
      .filter((citation) => cited.includes(citation.index))
      .flatMap((citation) => evidenceOf(citation, passages, tokens) ?? [])
      .map((evidence) => ({ index, statement, evidence })),
  );
  const best = sentences.map((): number | null => null);
  const probabilities = (await verifier?.verify(pairs, { signal })) ?? [];
  for (const [place, probability] of probabilities.entries()) {
    const { index = 0 } = pairs[place] ?? {};
    best[index] = Math.max(best[index] ?? 0, probability);
  }
  return best;
}

function evidenceOf(
  { document_id: id, start, end }: Citation,
  passages: ShownAnswer['passages'],
  tokens: TokenCounter,
): string | null {
  const found = passages.find(
    ({ chunk }) => chunk.documentId === id && chunk.start <= start && end <= chunk.end,
  );
  if (!found) return null;
  const { chunk, sentences } = found;
  const evidence = { start: start - chunk.start, end: end - chunk.start };
  return verifierEvidence({ headingPath: chunk.headingPath, text: chunk.text, sentences, evidence }, tokens);
}
