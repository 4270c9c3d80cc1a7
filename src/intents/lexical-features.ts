import { INTENT_SETTINGS } from './intents-settings.ts';
import type { LexicalVector } from './intents-types.ts';

const { lexicalBuckets, lexicalLength } = INTENT_SETTINGS;
const WORD = /[\p{L}\p{N}]+/gu;
/** Letter groups of these lengths, word borders marked: they bridge typing errors and endings. */
const GROUP_LENGTHS = [3, 4] as const;

/** Words, pairs of words and letter groups of a text, as buckets that may repeat. */
function bucketsOf(text: string): number[] {
  const words = text.toLowerCase().normalize('NFKC').match(WORD) ?? [];
  const buckets: number[] = [];
  words.forEach((word, place) => {
    buckets.push(bucket(`w${word}`));
    if (place > 0) buckets.push(bucket(`p${words[place - 1]} ${word}`));
    const marked = `<${word}>`;
    for (const length of GROUP_LENGTHS)
      for (let at = 0; at + length <= marked.length; at += 1)
        buckets.push(bucket(`g${marked.slice(at, at + length)}`));
  });
  return buckets;
}

/** FNV-1a. */
function bucket(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) & (lexicalBuckets - 1);
}

/** How rare each bucket is among the texts: the logarithm of the inverse share of texts, smoothed. */
export function rarityOf(texts: readonly string[]): Float32Array {
  const holders = new Float32Array(lexicalBuckets);
  for (const text of texts) for (const place of new Set(bucketsOf(text))) holders[place]! += 1;
  return holders.map((count) => Math.log((1 + texts.length) / (1 + count)) + 1);
}

/** Scaled to `lexicalLength`; empty for a text without letters and digits. */
export function lexicalFeatures(text: string, rarity: Float32Array): LexicalVector {
  const counts = new Map<number, number>();
  for (const place of bucketsOf(text)) counts.set(place, (counts.get(place) ?? 0) + 1);
  const places = Int32Array.from(counts.keys()).sort();
  const values = Float32Array.from(places, (place) => (1 + Math.log(counts.get(place)!)) * rarity[place]!);
  const length = Math.hypot(...values);
  return { places, values: values.map((value) => (value * lexicalLength) / length) };
}
