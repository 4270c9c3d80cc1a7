import type { CallOptions, Embedder } from '../inference/contracts.ts';
import type { Cache } from '../stores/memory-contracts.ts';

/**
 * The embedder, with the vectors of questions kept under its identity: another model's vectors are never served.
 * Texts of ingest go past the cache, for they are stored with their chunks and would push the questions out.
 */
export function cachedEmbedder(embedder: Embedder, cache: Cache): Embedder {
  return {
    // Read anew each time: the model may be exchanged while it serves.
    get identity() {
      return embedder.identity;
    },
    get dimensions() {
      return embedder.dimensions;
    },
    get contextTokens() {
      return embedder.contextTokens;
    },
    embed: (texts, options = {}) =>
      options.priority === 'ingest'
        ? embedder.embed(texts, options)
        : embedThrough(texts, options, embedder, cache),
  };
}

async function embedThrough(
  texts: readonly string[],
  options: CallOptions,
  embedder: Embedder,
  cache: Cache,
): Promise<Float32Array[]> {
  const { identity, dimensions } = embedder;
  const known = await Promise.all(
    texts.map(async (text) => vectorOf(await cache.get('embedding', text, identity), dimensions)),
  );
  const missing = [...new Set(texts.filter((_, place) => known[place] === null))];
  const made = missing.length === 0 ? [] : await embedder.embed(missing, options);
  // Exchanged meanwhile: nobody knows whose vectors these are.
  if (embedder.identity !== identity) return embedThrough(texts, options, embedder, cache);
  const vectors = new Map(missing.map((text, place) => [text, made[place]]));
  await Promise.all(
    [...vectors].flatMap(([text, vector]) =>
      vector ? [cache.put('embedding', text, identity, bytesOf(vector))] : [],
    ),
  );
  return texts.flatMap((text, place) => known[place] ?? vectors.get(text) ?? []);
}

/** As the machine holds them, little-endian on every one that is supported: 4 bytes a number. */
export function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** Null when there are none, or not as many as the embedder makes. */
export function vectorOf(bytes: Uint8Array | null, dimensions: number): Float32Array | null {
  if (bytes?.length !== dimensions * Float32Array.BYTES_PER_ELEMENT) return null;
  // Copied, because the bytes may begin where no number can.
  // A Buffer's own slice would share its pool.
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
