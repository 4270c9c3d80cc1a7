import { throwIfCancelled } from '../errors.ts';
import type { ChunkRecord, KnowledgeStore } from '../stores/contracts.ts';

/**
 * Passages that say nearly the same, found by MinHash over runs of words with banding (A. Broder, "On the
 * resemblance and containment of documents", 1997): every chunk is looked at once, and no pair is that does
 * not share a band.
 */
export const NEAR_DUPLICATES = {
  /** Words in a row that count as one piece, 2…8. */
  shingle: 3,
  /** Least share of pieces in common, 0.5…1. */
  similarity: 0.7,
  /** Hashes of a passage: rows × bands. 16 × 4 finds 0.7 with 99 %, and 0.3 with 12 %, which is then looked at. */
  bands: 16,
  rows: 4,
  /** Shorter passages, in words, are alike by chance, 5…50. */
  words: 8,
  /** Chunks read from the store at once. */
  page: 500,
} as const;

export interface DuplicateGroup {
  /** Least similarity within the group to its first passage, 0…1. */
  similarity: number;
  passages: Pick<ChunkRecord, 'id' | 'documentId' | 'title' | 'headingPath' | 'text' | 'start' | 'end'>[];
}

const HASHES = NEAR_DUPLICATES.bands * NEAR_DUPLICATES.rows;

/** Groups of two passages or more, the largest first. @throws cancelled */
export async function findNearDuplicates(
  knowledge: Pick<KnowledgeStore, 'chunkIds' | 'getChunks'>,
  signal?: AbortSignal,
): Promise<DuplicateGroup[]> {
  const ids = await knowledge.chunkIds();
  const buckets = new Map<string, number>();
  const pieces = new Map<number, ReadonlySet<number>>();
  const groups = new Map<number, { id: number; similarity: number }[]>();
  for (let from = 0; from < ids.length; from += NEAR_DUPLICATES.page) {
    throwIfCancelled(signal);
    for (const { id, text } of await knowledge.getChunks(ids.slice(from, from + NEAR_DUPLICATES.page))) {
      const own = shinglesOf(text);
      if (own === null) continue;
      const found = place(id, own, buckets, pieces);
      if (found === null) pieces.set(id, own);
      else
        groups.set(found.first, [...(groups.get(found.first) ?? []), { id, similarity: found.similarity }]);
    }
    // The store is asked between pages of work, so that questions are answered meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return describe(groups, knowledge);
}

/** The first known passage that this one repeats; else it takes its own places in the bands. */
function place(
  id: number,
  own: ReadonlySet<number>,
  buckets: Map<string, number>,
  pieces: ReadonlyMap<number, ReadonlySet<number>>,
): { first: number; similarity: number } | null {
  const bands = bandsOf(own);
  for (const band of bands) {
    const first = buckets.get(band);
    const other = first === undefined ? undefined : pieces.get(first);
    if (first === undefined || !other) continue;
    const similarity = resemblance(own, other);
    if (similarity >= NEAR_DUPLICATES.similarity) return { first, similarity };
  }
  for (const band of bands) if (!buckets.has(band)) buckets.set(band, id);
  return null;
}

async function describe(
  groups: ReadonlyMap<number, readonly { id: number; similarity: number }[]>,
  knowledge: Pick<KnowledgeStore, 'getChunks'>,
): Promise<DuplicateGroup[]> {
  const described: DuplicateGroup[] = [];
  for (const [first, others] of groups) {
    const chunks = await knowledge.getChunks([first, ...others.map(({ id }) => id)]);
    const passages = chunks
      .sort((one, other) => one.id - other.id)
      .map(({ id, documentId, title, headingPath, text, start, end }) => ({
        id,
        documentId,
        title,
        headingPath,
        text,
        start,
        end,
      }));
    const similarity = others.reduce((least, one) => Math.min(least, one.similarity), 1);
    if (passages.length > 1) described.push({ similarity, passages });
  }
  return described.sort(
    (one, other) => other.passages.length - one.passages.length || other.similarity - one.similarity,
  );
}

function shinglesOf(text: string): ReadonlySet<number> | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < NEAR_DUPLICATES.words) return null;
  const shingles = new Set<number>();
  for (let at = 0; at + NEAR_DUPLICATES.shingle <= words.length; at += 1)
    shingles.add(hashOf(words.slice(at, at + NEAR_DUPLICATES.shingle).join(' ')));
  return shingles;
}

function bandsOf(shingles: ReadonlySet<number>): string[] {
  const least = new Uint32Array(HASHES).fill(0xffff_ffff);
  for (const shingle of shingles) {
    for (let index = 0; index < HASHES; index += 1) {
      const value = mixed(shingle, index);
      if (value < least[index]!) least[index] = value;
    }
  }
  const { bands, rows } = NEAR_DUPLICATES;
  return Array.from(
    { length: bands },
    (_, band) => `${band}:${least.subarray(band * rows, (band + 1) * rows).join()}`,
  );
}

function resemblance(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  let common = 0;
  for (const shingle of one) if (other.has(shingle)) common += 1;
  return common / (one.size + other.size - common);
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A hash function for each index (the finaliser of MurmurHash3 over both). */
function mixed(value: number, index: number): number {
  let hash = value ^ Math.imul(index + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
