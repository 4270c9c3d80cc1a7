import { findHolders } from './find-holders.ts';
import type { DraftSentence } from './generate-draft.ts';
import type { ContextPassage, HeldSentence } from './path-types.ts';
import type { TracedCheck } from './trace/trace-types.ts';
import { verifySentence, type VerifyTools } from './verify-sentence.ts';

/**
 * The check of a drafted sentence: the first passage that holds it by the rules and by the verifier.
 * Null when none does. @throws cancelled
 * @param note told of each check, in order
 */
export async function holdSentence(
  draft: DraftSentence,
  context: readonly ContextPassage[],
  tools: VerifyTools,
  note: (check: TracedCheck) => void = () => undefined,
): Promise<HeldSentence | null> {
  const failed = (chunk: number, rules: string): void => note({ chunk, rules, verifier: null });
  for (const held of findHolders(draft, context, failed)) {
    const { verified, probability } = await verifySentence(held, tools);
    note({ chunk: held.passage.chunk.id, rules: 'held', verifier: probability });
    if (verified) return held;
  }
  return null;
}
