import type { Span, TokenCounter } from '../inference/contracts.ts';
import { cutToFit } from './chunk-document-cut.ts';
import { pagesOf } from './chunk-document-pages.ts';
import { headingPath } from './chunk-document-heading.ts';
import { CHUNKING, type Chunking } from './chunk-document-settings.ts';
import { ChunkPacker } from './chunk-document-packer.ts';
import { unitsOf } from './chunk-document-units.ts';
import type { Chunk, ParsedDocument } from './ingest-types.ts';

export { CHUNKING, type Chunking } from './chunk-document-settings.ts';

/**
 * Chunks of whole sentences, in order, without overlap. Every character of the document outside
 * headings that is not white space lies in exactly one; headingPath + ': ' + text ≤ maxTokens.
 */
export function chunkDocument(
  document: ParsedDocument,
  counter: TokenCounter,
  settings: Chunking = CHUNKING,
): Chunk[] {
  const units = unitsOf(document, counter, settings);
  const paths = new PathCache(document.title, counter, settings);
  const packer = new ChunkPacker(units, settings);
  const chunks: Chunk[] = [];
  for (let first = 0; first < units.length;) {
    const path = paths.get(units[first]?.headings ?? []);
    let last = packer.lastOf(first, settings.maxTokens - path.tokens);
    let chunk = toChunk(
      document.text,
      { start: units[first]!.start, end: units[last]!.end },
      path.text,
      counter,
    );
    // The sum of the parts may miss the tokens of the whole, so the whole decides.
    while (chunk.tokens > settings.maxTokens && last > first) {
      last -= 1;
      chunk = toChunk(document.text, { start: chunk.start, end: units[last]!.end }, path.text, counter);
    }
    const isTooLong = chunk.tokens > settings.maxTokens || chunk.text.length > packer.longest;
    const pieces = isTooLong ? cutChunk(document.text, chunk, counter, settings) : [chunk];
    for (const piece of pieces) {
      const pages = pagesOf(document.pages, piece);
      chunks.push({ ordinal: chunks.length, ...piece, ...(pages.length > 0 && { pages }) });
    }
    first = last + 1;
  }
  return chunks;
}

type Numberless = Omit<Chunk, 'ordinal'>;

function toChunk(text: string, { start, end }: Span, path: string, counter: TokenCounter): Numberless {
  const slice = text.slice(start, end);
  return { start, end, headingPath: path, text: slice, tokens: counter.countTokens(`${path}: ${slice}`) };
}

function cutChunk(text: string, chunk: Numberless, counter: TokenCounter, settings: Chunking): Numberless[] {
  const fits = (piece: string) => counter.countTokens(`${chunk.headingPath}: ${piece}`) <= settings.maxTokens;
  const longest = settings.maxTokens * settings.charactersPerToken;
  return cutToFit(text, chunk, longest, fits).map((piece) =>
    toChunk(text, piece, chunk.headingPath, counter),
  );
}

/** Heading paths by the headings array, which blocks under the same headings share. */
class PathCache {
  readonly #known = new Map<readonly string[], { text: string; tokens: number }>();
  readonly #make: (headings: readonly string[]) => { text: string; tokens: number };

  constructor(title: string, counter: TokenCounter, settings: Chunking) {
    this.#make = (headings) => {
      const text = headingPath(title, headings, counter, settings);
      return { text, tokens: counter.countTokens(`${text}: `) };
    };
  }

  get(headings: readonly string[]): { text: string; tokens: number } {
    const path = this.#known.get(headings) ?? this.#make(headings);
    this.#known.set(headings, path);
    return path;
  }
}
