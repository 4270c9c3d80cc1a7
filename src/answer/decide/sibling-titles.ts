import { stemsOf } from '../../text/content-words.ts';
import type { Candidate } from '../path-types.ts';
import { CLARIFYING } from './decide-settings.ts';

/**
 * Where the heading paths of two passages part: the headings there, when they are siblings ("Delivery to Austria",
 * "Delivery to Germany") and the question is about what they share; else null.
 * @param asked stems of the question's words
 */
export function siblingTitles(
  one: Pick<Candidate, 'chunk'>,
  other: Pick<Candidate, 'chunk'>,
  asked: ReadonlySet<string>,
): [own: string, other: string] | null {
  const [left, right] = [pathOf(one), pathOf(other)];
  const at = left.findIndex((heading, index) => heading !== right[index]);
  const [own, sibling] = [left[at], right[at]];
  if (own === undefined || sibling === undefined) return null;
  const [ownStems, otherStems] = [stemsOf(own), stemsOf(sibling)];
  const shared = [...ownStems].filter((stem) => otherStems.has(stem));
  const most = Math.max(ownStems.size, otherStems.size);
  const told = Math.min(ownStems.size, otherStems.size) > shared.length;
  const alike = shared.length / most >= CLARIFYING.sharedWords;
  return told && alike && shared.some((stem) => asked.has(stem)) ? [own, sibling] : null;
}

function pathOf({ chunk }: Pick<Candidate, 'chunk'>): string[] {
  const path = chunk.headingPath.split(' > ').filter((heading) => heading !== '');
  return path[0] === chunk.title ? path : [chunk.title, ...path];
}
