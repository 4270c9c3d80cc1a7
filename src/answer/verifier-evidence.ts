import type { Span, TokenCounter } from '../inference/contracts.ts';
import { passageText } from '../text/passage-text.ts';
import { CHECKING } from './answer-settings.ts';

/** A place in a passage that is to hold a sentence. */
export interface EvidencePlace {
  headingPath: string;
  text: string;
  /** Sentences of `text`, in order. */
  sentences: readonly Span[];
  /** Span of `text`: one of the sentences, or several neighbouring ones. */
  evidence: Span;
}

/**
 * What the verifier reads: heading path, evidence, and the sentences before and after it as far as they fit.
 * The one before comes first: "it" and "they" lean on that one.
 */
export function verifierEvidence(place: EvidencePlace, tokens: TokenCounter): string {
  const { headingPath, text, sentences, evidence } = place;
  const before = sentences.findLast(({ end }) => end <= evidence.start);
  const after = sentences.find(({ start }) => start >= evidence.end);
  const render = ({ start, end }: Span): string => passageText({ headingPath, text: text.slice(start, end) });
  const fits = (span: Span): boolean => tokens.countTokens(render(span)) <= CHECKING.evidenceTokens;
  let { start, end } = evidence;
  if (before && fits({ start: before.start, end })) start = before.start;
  if (after && fits({ start, end: after.end })) end = after.end;
  return render({ start, end });
}
