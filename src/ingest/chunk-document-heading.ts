import type { TokenCounter } from '../inference/contracts.ts';
import { cutToFit } from './chunk-document-cut.ts';
import type { Chunking } from './chunk-document-settings.ts';

const SEPARATOR = ' > ';

/** 'Title > Heading > Sub' in at most `headingTokens`: middle headings go first, then the ends of the others. */
export function headingPath(
  title: string,
  headings: readonly string[],
  counter: TokenCounter,
  settings: Chunking,
): string {
  const longest = settings.headingTokens * settings.charactersPerToken;
  const fits = (text: string, tokens: number) =>
    text.length <= longest && counter.countTokens(text) <= tokens;
  const whole = [title, ...headings].join(SEPARATOR);
  if (fits(whole, settings.headingTokens)) return whole;
  const cut = (text: string, tokens: number): string => {
    const first = cutToFit(text, { start: 0, end: text.length }, longest, (piece) => fits(piece, tokens))[0];
    return first ? text.slice(first.start, first.end) : '';
  };
  const last = headings.at(-1);
  if (last === undefined) return cut(title, settings.headingTokens);
  const ends = [title, last].join(SEPARATOR);
  if (fits(ends, settings.headingTokens)) return ends;
  const half = cut(title, Math.floor(settings.headingTokens / 2));
  return cut(half + SEPARATOR + last, settings.headingTokens);
}
