import type { Span, TokenCounter } from '../inference/contracts.ts';
import { cutToFit } from './chunk-document-cut.ts';
import { headingPath } from './chunk-document-heading.ts';
import { CHUNKING, type Chunking } from './chunk-document-settings.ts';
import { type Unit, unitsOf } from './chunk-document-units.ts';
import type { Chunk, ParsedDocument } from './ingest-types.ts';

export { CHUNKING, type Chunking } from './chunk-document-settings.ts';

/**
 * Chunks of whole sentences, in order, without overlap. Every character of the document outside
 * headings that is not white space lies in exactly one; headingPath + ': ' + text ≤ maxTokens.
 */
export function chunkDocument(document: ParsedDocument, counter: TokenCounter, settings: Chunking = CHUNKING): Chunk[] {
  const units = unitsOf(document, counter, settings);
  const paths = new PathCache(document.title, counter, settings);
  const packer = new Packer(units, settings);
  const chunks: Chunk[] = [];
  for (let first = 0; first < units.length; ) {
    const path = paths.get(units[first]?.headings ?? []);
    let last = packer.lastOf(first, settings.maxTokens - path.tokens);
    let chunk = toChunk(document.text, { start: units[first]!.start, end: units[last]!.end }, path.text, counter);
    // The sum of the parts may miss the tokens of the whole, so the whole decides.
    while (chunk.tokens > settings.maxTokens && last > first) {
      last -= 1;
      chunk = toChunk(document.text, { start: chunk.start, end: units[last]!.end }, path.text, counter);
    }
    const isTooLong = chunk.tokens > settings.maxTokens || chunk.text.length > packer.longest;
    const pieces = isTooLong ? cutChunk(document.text, chunk, counter, settings) : [chunk];
    for (const piece of pieces) chunks.push({ ordinal: chunks.length, ...piece });
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
  return cutToFit(text, chunk, longest, fits).map((piece) => toChunk(text, piece, chunk.headingPath, counter));
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

/** Decides where chunks end, by sums over units that were counted once. */
class Packer {
  readonly longest: number;
  readonly #units: readonly Unit[];
  readonly #settings: Chunking;
  /** Tokens of all units before this index, heading lines included. */
  readonly #before: number[] = [0];
  /** Index behind the last unit of the section, or of the lead-in with its list, that this unit is in. */
  readonly #sectionEnd: number[] = [];
  readonly #seriesEnd: number[] = [];

  constructor(units: readonly Unit[], settings: Chunking) {
    this.#units = units;
    this.#settings = settings;
    this.longest = settings.maxTokens * settings.charactersPerToken;
    units.forEach((unit, index) => this.#before.push((this.#before[index] ?? 0) + unit.leadTokens + unit.tokens));
    for (let index = units.length - 1; index >= 0; index -= 1) {
      const next = units[index + 1];
      this.#sectionEnd[index] = !next || next.startsSection ? index + 1 : (this.#sectionEnd[index + 1] ?? 0);
      this.#seriesEnd[index] = !next?.staysWithPrevious ? index + 1 : (this.#seriesEnd[index + 1] ?? 0);
    }
  }

  /** Index of the last unit of the chunk that begins with `first`. */
  lastOf(first: number, budget: number): number {
    let index = first + 1;
    while (index < this.#units.length && !this.#endsBefore(index, first, budget)) index += 1;
    const overflowed = this.#units[index];
    const isTornLeadIn = overflowed?.staysWithPrevious && !this.#units[index - 1]?.staysWithPrevious;
    return isTornLeadIn && index - 1 > first && this.#sum(index - 1, index + 1) <= budget ? index - 2 : index - 1;
  }

  #endsBefore(index: number, first: number, budget: number): boolean {
    const unit = this.#units[index]!;
    const held = this.#sum(first, index);
    const isFull = this.#sum(first, index + 1) > budget || unit.end - this.#units[first]!.start > this.longest;
    if (isFull) return true;
    if (unit.startsSection && held >= this.#settings.minTokens) return true;
    const seriesEnd = this.#seriesEnd[index] ?? index + 1;
    const isSeries = seriesEnd > index + 1;
    if (unit.staysWithPrevious) {
      return !this.#seriesFits(index, budget) && held >= this.#settings.targetTokens;
    }
    const fitsWithSeries = this.#sum(first, seriesEnd) <= budget;
    if (isSeries && !fitsWithSeries && this.#sum(index, seriesEnd) <= budget) return true;
    if (held < this.#settings.minTokens || this.#sum(first, seriesEnd) <= this.#settings.targetTokens) return false;
    return this.#sum(first, this.#sectionEnd[index] ?? index + 1) > budget;
  }

  /** Says whether the whole series that this unit goes on fits a chunk of its own. */
  #seriesFits(index: number, budget: number): boolean {
    let start = index;
    while (start > 0 && this.#units[start]?.staysWithPrevious && this.#sum(start, index) <= budget) start -= 1;
    return this.#sum(start, this.#seriesEnd[index] ?? index + 1) <= budget;
  }

  /** Tokens of the units [from, to) as one text; heading lines before the first are left out. */
  #sum(from: number, to: number): number {
    return (this.#before[to] ?? 0) - (this.#before[from] ?? 0) - (this.#units[from]?.leadTokens ?? 0);
  }
}
