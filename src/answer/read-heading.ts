import type { RankedPassage } from './path-types.ts';

/** What the reader sees above a passage: its heading path, and the sentence that led to it. */
export function readHeading({ chunk, lead }: Pick<RankedPassage, 'chunk' | 'lead'>): string {
  return lead === undefined ? chunk.headingPath : `${chunk.headingPath} (${lead})`;
}
