import { createHash } from 'node:crypto';
import type { NewDocument } from '../stores/contracts.ts';

/** Width of the built-in embedder's vectors. */
export const DIMENSIONS = 384;
export const EMBEDDER = 'synthetic-embedder@1';

/** Mulberry32: the same numbers 0…1 on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Unit vectors spread evenly over the sphere: normal numbers (Box and Muller), then scaled. */
export function unitVectors(seed: number, dimensions = DIMENSIONS): () => Float32Array {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return () => {
    const values = Array.from({ length: dimensions }, normal);
    const norm = Math.hypot(...values);
    return Float32Array.from(values, (value) => value / norm);
  };
}

let nextSeed = 1;

/** A document of one chunk a paragraph, each with a vector of its own. */
export function syntheticDocument(
  source: string,
  paragraphs: readonly string[],
  overrides: Partial<NewDocument> = {},
): NewDocument {
  const text = paragraphs.join('\n\n');
  const original = Buffer.from(text, 'utf8');
  const vector = unitVectors(nextSeed++);
  let end = -2;
  const chunks = paragraphs.map((paragraph, ordinal) => {
    const start = end + 2;
    end = start + paragraph.length;
    return {
      ordinal,
      headingPath: overrides.title ?? source,
      text: paragraph,
      start,
      end,
      tokens: paragraph.split(' ').length,
    };
  });
  return {
    source,
    title: source,
    url: null,
    mediaType: 'text/plain',
    sha256: createHash('sha256').update(original).digest('hex'),
    original,
    text,
    collection: 'documents',
    chunks,
    embeddings: overrides.embeddings ?? paragraphs.map(() => vector()),
    embedder: EMBEDDER,
    ...overrides,
  };
}
