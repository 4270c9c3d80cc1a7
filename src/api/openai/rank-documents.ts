import type { CallOptions, Reader, ReaderPassage, TokenCounter } from '../../inference/contracts.ts';

/** How documents are read that are longer than the reader's row. */
export const RERANKING = {
  /** Tokens of one part. 64…200: a row holds 256, of which the query takes up to 43. */
  partTokens: 200,
  /** Parts of a document that are read unless the caller says otherwise, as at Cohere's. 1…100. */
  parts: 10,
  /** Decimal places of a score. */
  places: 6,
} as const;

export interface RankOptions extends CallOptions {
  /** Parts of a document that are read at most. */
  mostParts: number;
}

export interface RankedDocument {
  /** Place in the documents that were given. */
  index: number;
  /** Probability 0…1 that the document is about the query: that of its best part. */
  relevance: number;
}

/** All documents, the most relevant first; equal ones in the order given. */
export async function rankDocuments(
  query: string,
  documents: readonly string[],
  { reader, tokens }: { reader: Reader; tokens: TokenCounter },
  { mostParts, ...call }: RankOptions,
): Promise<RankedDocument[]> {
  const owners: number[] = [];
  const passages: ReaderPassage[] = documents.flatMap((document, index) => {
    const parts = splitDocument(document, tokens).slice(0, mostParts);
    owners.push(...parts.map(() => index));
    return parts.map((text) => ({ heading: '', text, sentences: [] }));
  });
  const best = documents.map(() => 0);
  (await reader.read(query, passages, call)).forEach(({ relevance }, place) => {
    const owner = owners[place]!;
    best[owner] = Math.max(best[owner]!, relevance);
  });
  return best
    .map((relevance, index) => ({ index, relevance: Number(relevance.toFixed(RERANKING.places)) }))
    .sort((one, other) => other.relevance - one.relevance || one.index - other.index);
}

/** Parts that end between words and have at most so many tokens, as far as a single word allows. */
function splitDocument(document: string, tokens: TokenCounter): string[] {
  if (tokens.countTokens(document) <= RERANKING.partTokens) return [document];
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const word of document.match(/\s*\S+/g) ?? []) {
    const more = tokens.countTokens(word);
    if (size + more > RERANKING.partTokens && part !== '') {
      parts.push(part);
      [part, size] = ['', 0];
    }
    part += word;
    size += more;
  }
  return [...parts, part];
}
