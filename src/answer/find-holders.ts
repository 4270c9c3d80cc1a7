import { contentWords } from '../text/content-words.ts';
import { checkSentence } from './check-sentence.ts';
import type { DraftSentence } from './generate-draft.ts';
import type { ContextPassage, HeldSentence } from './path-types.ts';

/** Least content words of a sentence that stands for itself; "Yes." alone tells nothing that can be checked. */
const LEAST_WORDS = 2;
/** A heading or a lead-in ("Warranty for tents:") is no answer. */
const SENTENCE = /[.!]["')”]*$/;

/**
 * The passages that hold a drafted sentence by the deterministic check, the one it cites first (a small
 * generator often says the right thing with the wrong number).
 */
export function* findHolders(
  draft: DraftSentence,
  context: readonly ContextPassage[],
  /** Told of a passage that does not hold it, and what speaks against it. */
  failed: (chunk: number, failure: string) => void = () => undefined,
): Generator<HeldSentence> {
  if (contentWords(draft.text).length < LEAST_WORDS || !SENTENCE.test(draft.text)) return;
  const cited = context.filter(({ index }) => draft.cited.includes(index));
  const others = context.filter(({ index }) => !draft.cited.includes(index));
  for (const { passage } of [...cited, ...others]) {
    const { chunk, sentences } = passage;
    const text = withoutHeading(draft.text, chunk.headingPath);
    const result = checkSentence(text, { headingPath: chunk.headingPath, text: chunk.text, sentences });
    if (result.held) yield { text, passage, evidence: result.evidence };
    else failed(chunk.id, result.failure);
  }
}

/** A small generator likes to repeat where it read something ("Lamps > Care: Dry the lamp."). */
function withoutHeading(text: string, headingPath: string): string {
  const headings = [headingPath, headingPath.split(' > ').at(-1) ?? ''].filter((heading) => heading !== '');
  const repeated = headings.find((heading) => text.startsWith(`${heading}: `));
  return repeated === undefined ? text : text.slice(repeated.length + 2);
}
