import { mainScript, type Script } from '../text/main-script.ts';

/** What the built-in models were trained on. */
const COVERED: readonly Script[] = ['Latn', 'Zyyy'];

/**
 * Whether the models can judge a text at all: English was their language, other Latin text is tried. For
 * other scripts only the keyword index answers; see `lexicalCoverage` for how sure it may be.
 */
export function modelsRead(text: string, covered: readonly Script[] = COVERED): boolean {
  return covered.includes(mainScript(text));
}
