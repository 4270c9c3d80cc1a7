import { STOP_WORDS } from '../text/stop-words.ts';
import { mainScript, type Script } from '../text/main-script.ts';

export interface DetectedLanguage {
  /** ISO 639-1, or 'und' where nothing can be said. */
  language: string;
  /** ISO 15924; 'Zyyy' where the text has no letters. */
  script: Script;
  /** False for short texts and close calls: what the conversation speaks should then count for more. */
  sure: boolean;
}

export type DetectLanguage = (text: string, conversationLanguage?: string) => DetectedLanguage;

/** Scripts that settle the language, or leave a few (the first is the likeliest). */
const LANGUAGES_OF: Partial<Record<Script, readonly string[]>> = {
  Hani: ['zh'],
  Jpan: ['ja'],
  Hang: ['ko'],
  Grek: ['el'],
  Hebr: ['he'],
  Thai: ['th'],
  Laoo: ['lo'],
  Khmr: ['km'],
  Mymr: ['my'],
  Beng: ['bn'],
  Guru: ['pa'],
  Gujr: ['gu'],
  Taml: ['ta'],
  Telu: ['te'],
  Knda: ['kn'],
  Mlym: ['ml'],
  Sinh: ['si'],
  Armn: ['hy'],
  Geor: ['ka'],
  Ethi: ['am'],
  Cyrl: ['ru', 'uk', 'bg', 'sr', 'be'],
  Arab: ['ar', 'fa', 'ur'],
  Deva: ['hi', 'mr'],
};

/** Small words that no other language in Latin letters writes so. */
const ENGLISH_ALONE = new Set('you your what which how where when with this that there does they'.split(' '));

export const LANGUAGE_DETECTION = {
  /** Words from which on Latin text is told by its letters; of word pairs 85 % are right (README of Nito-ELD). */
  leastWords: 3,
  /** Letters from which on a Cyrillic, Arabic or Devanagari text is. */
  leastLetters: 12,
  /** The conversation's language stays while it scores at least this share of the best. */
  keepShare: 0.8,
  /** The runner-up of a sure one scores at most this share of it. */
  clearShare: 0.95,
  /** Words up to which its small words may show that a text is English, and their least share, 0…1. */
  shortWords: 6,
  smallShare: 0.5,
  /**
   * In so few words a language that scores less than `weakScore` is none where English scores at least this share of
   * it: names and codes. Short questions in ten other languages score .67 to .82, English names .52 to .68.
   */
  englishShare: 0.73,
  weakScore: 0.69,
  /** Or where English scores nearly as much, whatever the language scores. */
  closeShare: 0.85,
} as const;

/**
 * The detector: by script where that decides, else by letter groups (Nito-ELD, its smallest database: on
 * 40 short questions in 22 languages it erred less than the larger ones, and holds 28 MB instead of 139).
 * Loading takes 0.3 s of one core or more, so it is loaded once, beside the rest of the start.
 */
export async function loadLanguageDetector(): Promise<DetectLanguage> {
  const { eld } = await import('eld/extrasmall');
  const scoresOf = (text: string): Record<string, number> => eld.detect(text).getScores();
  return (text, conversationLanguage) => detect(text, scoresOf, conversationLanguage);
}

function detect(
  text: string,
  scoresOf: (text: string) => Record<string, number>,
  conversationLanguage: string | undefined,
): DetectedLanguage {
  const words = wordsOf(text);
  const script = mainScript(words.join(' '));
  const possible = LANGUAGES_OF[script];
  if (possible?.length === 1) return { language: possible[0]!, script, sure: true };
  const kept = fits(conversationLanguage, script) ? conversationLanguage : undefined;
  if (tooShort(words, script)) return { language: kept ?? 'und', script, sure: false };
  if (isShortEnglish(words, script)) return { language: 'en', script, sure: true };
  const ranked = Object.entries(scoresOf(words.join(' ')))
    .filter(([language]) => fits(language, script))
    .sort((left, right) => right[1] - left[1]);
  const [best, second] = ranked;
  if (!best) return { language: kept ?? 'und', script, sure: false };
  const scoreOf = (wanted: string | undefined): number =>
    ranked.find(([language]) => language === wanted)?.[1] ?? 0;
  const keptScore = scoreOf(kept);
  const language = kept && keptScore >= best[1] * LANGUAGE_DETECTION.keepShare ? kept : best[0];
  if (language !== kept && isWeak(words, best, scoreOf('en')))
    return { language: kept ?? 'und', script, sure: false };
  const sure =
    language === best[0] && (second === undefined || second[1] <= best[1] * LANGUAGE_DETECTION.clearShare);
  return { language, script, sure };
}

/** Short English questions of rare nouns ("cheapest secateurs you do?"): letters alone take them for another language. */
function isShortEnglish(words: readonly string[], script: Script): boolean {
  if (script !== 'Latn' || words.length > LANGUAGE_DETECTION.shortWords) return false;
  const plain = words.map((word) => word.toLowerCase());
  const small = plain.filter((word) => STOP_WORDS.has(word)).length;
  return (
    plain.some((word) => ENGLISH_ALONE.has(word)) && small / plain.length >= LANGUAGE_DETECTION.smallShare
  );
}

/** "Arden Classic fault F11" is nearest to Spanish by its letters, but not near, and to English hardly less. */
function isWeak(words: readonly string[], [language, score]: [string, number], english: number): boolean {
  if (language === 'en' || words.length > LANGUAGE_DETECTION.shortWords) return false;
  const { weakScore, englishShare, closeShare } = LANGUAGE_DETECTION;
  return english >= score * (score < weakScore ? englishShare : closeShare);
}

/** Codes, addresses and numbers have no language. */
function wordsOf(text: string): string[] {
  return text
    .replace(/\S*[@\d_/]\S*/g, ' ')
    .split(/[^\p{L}\p{M}'’-]+/u)
    .filter((word) => /\p{L}/u.test(word));
}

function tooShort(words: readonly string[], script: Script): boolean {
  if (script === 'Zyyy') return true;
  if (script === 'Latn') return words.length < LANGUAGE_DETECTION.leastWords;
  return words.join('').length < LANGUAGE_DETECTION.leastLetters;
}

function fits(language: string | undefined, script: Script): boolean {
  if (language === undefined) return false;
  const possible = LANGUAGES_OF[script];
  if (possible) return possible.includes(language);
  return script === 'Zyyy' || !Object.values(LANGUAGES_OF).some((languages) => languages.includes(language));
}
