import type { TokenCounter } from '../../inference/contracts.ts';
import { splitPassage } from '../../text/split-passage.ts';
import { SUMMARY } from './summary-settings.ts';

export interface SummarisedPassage {
  headingPath: string;
  text: string;
  /** Unit vector; null while it has none. */
  vector: Float32Array | null;
}

/**
 * What a long document is about, in its own words: its first sentences, its headings, and the first sentences of the
 * passages nearest to the centre of all (centroid-based extractive summarisation; Radev et al. 2004, "Centroid-based
 * summarization of multiple documents"). Nothing in it is invented.
 * @param passages all of the document, in order
 */
export function summariseDocument(passages: readonly SummarisedPassage[], tokens: TokenCounter): string {
  const taken = new Set<string>();
  let left: number = SUMMARY.tokens;
  const take = (texts: readonly string[], most: number): string[] => {
    let room = Math.min(most, left);
    const fitting: string[] = [];
    for (const text of texts) {
      const cost = tokens.countTokens(text);
      if (cost > room || taken.has(text)) continue;
      taken.add(text);
      fitting.push(text);
      room -= cost;
      left -= cost;
    }
    return fitting;
  };
  const lead = take(sentencesOf(passages[0]?.text ?? ''), SUMMARY.leadTokens);
  const headings = take([...new Set(passages.flatMap(headingOf))], SUMMARY.headingTokens);
  const central = take(nearestFirst(passages).flatMap(firstSentence), SUMMARY.tokens);
  const order = new Map(passages.flatMap(firstSentence).map((text, place) => [text, place]));
  central.sort((one, other) => order.get(one)! - order.get(other)!);
  return [...lead, ...(headings.length > 0 ? [`${headings.join('; ')}.`] : []), ...central].join(' ');
}

function nearestFirst(passages: readonly SummarisedPassage[]): SummarisedPassage[] {
  const known = passages.filter(({ vector }) => vector !== null);
  const centre = new Float32Array(known[0]?.vector?.length ?? 0);
  for (const { vector } of known) vector!.forEach((value, at) => (centre[at]! += value));
  const near = ({ vector }: SummarisedPassage): number =>
    vector!.reduce((sum, value, at) => sum + value * centre[at]!, 0);
  return known
    .map((passage) => ({ passage, similarity: near(passage) }))
    .sort((one, other) => other.similarity - one.similarity)
    .map(({ passage }) => passage);
}

/** The innermost heading; none where the passage stands under the title alone. */
function headingOf({ headingPath }: SummarisedPassage): string[] {
  return headingPath.split(' > ').slice(1).slice(-1);
}

function firstSentence({ text }: SummarisedPassage): string[] {
  return sentencesOf(text).slice(0, 1);
}

function sentencesOf(text: string): string[] {
  return splitPassage(text).map(({ start, end }) => text.slice(start, end));
}
