import { hasCode } from '../errors.ts';
import type { Span, TokenCounter, Verifier } from '../inference/contracts.ts';
import { CHECKING } from './answer-settings.ts';
import type { HeldSentence } from './path-types.ts';
import { verifierEvidence } from './verifier-evidence.ts';

export interface VerifyTools {
  /** Null when none is installed: then the deterministic check decides alone. */
  verifier: Verifier | null;
  tokens: TokenCounter;
  signal: AbortSignal;
}

export interface Verified {
  verified: boolean;
  /** The verifier's probability; null when it was not asked or could not answer. */
  probability: number | null;
}

/**
 * The verifier's word on a sentence that the deterministic check holds. When the models go away or have no
 * time, a sentence counts as not verified: the reader's own sentences, which need none of this, follow.
 * @throws cancelled
 */
export async function verifySentence(
  { text, passage, evidence }: HeldSentence,
  { verifier, tokens, signal }: VerifyTools,
): Promise<Verified> {
  const { chunk, sentences } = passage;
  if (!verifier || isVerbatim(text, { text: chunk.text, sentences }))
    return { verified: true, probability: null };
  const place = { headingPath: chunk.headingPath, text: chunk.text, sentences, evidence };
  try {
    const pair = { statement: text, evidence: verifierEvidence(place, tokens) };
    const [probability = 0] = await verifier.verify([pair], { signal });
    return { verified: probability >= CHECKING.verifierFloor, probability };
  } catch (error) {
    if (AWAY.some((code) => hasCode(error, code))) return { verified: false, probability: null };
    throw error;
  }
}

const AWAY = ['model_failed', 'models_unavailable', 'overloaded'] as const;

/** Is it, but for white space, one of the passage's sentences? Such a copy is held by definition. */
export function isVerbatim(
  statement: string,
  { text, sentences }: { text: string; sentences: readonly Span[] },
): boolean {
  const copied = oneSpaced(statement);
  return sentences.some(({ start, end }) => oneSpaced(text.slice(start, end)) === copied);
}

function oneSpaced(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
