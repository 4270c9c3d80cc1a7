import { findHolders } from './find-holders.ts';
import type { DraftSentence } from './generate-draft.ts';
import type { ContextPassage, HeldSentence } from './path-types.ts';
import { verifySentence, type VerifyTools } from './verify-sentence.ts';

/**
 * The check of a drafted sentence: the first passage that holds it by the rules and by the verifier.
 * Null when none does. @throws cancelled
 */
export async function holdSentence(
  draft: DraftSentence,
  context: readonly ContextPassage[],
  tools: VerifyTools,
): Promise<HeldSentence | null> {
  for (const held of findHolders(draft, context)) if (await verifySentence(held, tools)) return held;
  return null;
}
