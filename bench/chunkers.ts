import type { Embedder, Span, TokenCounter } from '../src/inference/contracts.ts';
import { CHUNKING, chunkDocument } from '../src/ingest/chunk-document.ts';
import type { ParsedDocument } from '../src/ingest/ingest-types.ts';
import { splitSentences } from '../src/text/split-sentences.ts';

/** A passage as it is embedded. */
export interface Piece extends Span {
  headingPath: string;
  text: string;
}

type Chunker = (document: ParsedDocument, tokens: TokenCounter, embedder: Embedder) => Promise<Piece[]>;

/** Neighbours' similarity below this quantile of all is a border between topics. */
const BORDER_QUANTILE = 0.25;

/** The product's own chunks, and what others do: as many words as fit, and where the topic seems to change. */
export const CHUNKERS: Readonly<Record<string, Chunker>> = {
  'by structure': async (document, tokens) => chunkDocument(document, tokens),
  'fixed size': async (document, tokens) => fixedSize(document, tokens, false),
  'fixed size, a fifth twice': async (document, tokens) => fixedSize(document, tokens, true),
  'by similarity': bySimilarity,
};

/** Whole words up to the same number of tokens as ours aim at; the title before each, as they have no headings. */
function fixedSize({ text, title }: ParsedDocument, tokens: TokenCounter, overlaps: boolean): Piece[] {
  const words = [...text.matchAll(/\S+/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    tokens: tokens.countTokens(match[0]),
  }));
  const pieces: Piece[] = [];
  for (let from = 0; from < words.length;) {
    let to = from;
    for (
      let sum = 0;
      to < words.length && (to === from || sum + words[to]!.tokens <= CHUNKING.targetTokens);
      to += 1
    )
      sum += words[to]!.tokens;
    pieces.push(pieceOf(text, title, words[from]!.start, words[to - 1]!.end));
    if (to >= words.length) break;
    from = overlaps ? Math.max(from + 1, to - Math.floor((to - from) / 5)) : to;
  }
  return pieces;
}

/** Sentences are joined while each is like the one before it, up to the same size as ours. */
async function bySimilarity(
  { text, title, blocks }: ParsedDocument,
  tokens: TokenCounter,
  embedder: Embedder,
): Promise<Piece[]> {
  const sentences = blocks.flatMap(({ start, end }) => splitSentences(text, start, end));
  const vectors = await embedder.embed(sentences.map(({ start, end }) => text.slice(start, end)));
  const likeness = vectors
    .slice(1)
    .map((vector, at) => vector.reduce((sum, value, place) => sum + value * vectors[at]![place]!, 0));
  const border =
    likeness.toSorted((one, other) => one - other)[Math.floor(likeness.length * BORDER_QUANTILE)] ?? 0;
  const pieces: Piece[] = [];
  let start = sentences[0]?.start ?? 0;
  sentences.forEach((sentence, at) => {
    const next = sentences[at + 1];
    const isFull =
      next !== undefined &&
      tokens.countTokens(text.slice(start, next.end)) > CHUNKING.maxTokens - CHUNKING.headingTokens;
    if (next !== undefined && likeness[at]! >= border && !isFull) return;
    pieces.push(pieceOf(text, title, start, sentence.end));
    start = next?.start ?? sentence.end;
  });
  return pieces;
}

function pieceOf(text: string, title: string, start: number, end: number): Piece {
  return { start, end, headingPath: title, text: text.slice(start, end) };
}
