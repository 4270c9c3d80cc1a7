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

/** Languages that the built-in models were trained on, ISO 639-1. */
const LANGUAGES: readonly string[] = ['en', 'und'];
/** Small words that make a text English whatever its letters say. */
const ENGLISH =
  /\b(?:the|is|are|do|does|did|can|could|how|what|when|where|which|who|why|my|your|you|and|have|has|i|it|not|with|this|that|would|will|please|there|any|from|for)\b/gi;
/** Share of such words from which a Latin text counts as English, 0…1. */
const ENGLISH_SHARE = 0.2;

/**
 * Whether the models were trained on the language of a text. Where they were not, a found passage is shown as found
 * text, and nothing is guessed. A short text or a close call counts as covered: most are product names and codes.
 */
export function modelsCover(
  text: string,
  detected: { language: string; sure: boolean } | undefined,
  languages: readonly string[] = LANGUAGES,
): boolean {
  if (!modelsRead(text)) return false;
  if (!detected?.sure || languages.includes(detected.language)) return true;
  const words = text.match(/\p{L}+/gu) ?? [];
  const english = text.match(ENGLISH) ?? [];
  return english.length >= words.length * ENGLISH_SHARE;
}
