import type { Question } from '../path-types.ts';
import { askedFacts } from './asked-facts.ts';
import { explainedShare, ownWords } from './explained-share.ts';
import type { LiveTools } from './live-types.ts';

const LEANS = /\b(?:it|its|they|them|their|that one|this one|these|those)\b/i;

/**
 * Whether the parts of a question all ask for a price, stock or a time of one product: "How much is the Ember One
 * and is it in stock?". Then the whole question is answered from live sources as one. @throws cancelled, storage_*
 */
export async function asksOfOne(
  { standalone, parts }: Pick<Question, 'standalone' | 'parts'>,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<boolean> {
  const [first, ...later] = parts.map(({ text }) => text);
  if (first === undefined || askedFacts(first).length === 0) return false;
  const named = new Set(ownWords(first));
  // A part of the same product points to it, or names it again.
  const same = later.every((part) => LEANS.test(part) || ownWords(part).some((word) => named.has(word)));
  const whole = new Set(askedFacts(standalone));
  const asked = later.map(askedFacts);
  if (!same || asked.some((facts) => facts.length === 0 || facts.some((fact) => !whole.has(fact))))
    return false;
  // A code is believed whatever else is said, and "has it a warranty?" is no question to a source.
  const { query, hits } = await tools.products.search(standalone, { signal, limit: 1, whole: true });
  return (
    query.code === undefined || (hits[0] !== undefined && explainedShare(query.rest, hits[0].products) === 1)
  );
}
