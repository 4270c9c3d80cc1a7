/** ISO 15924 codes of the scripts told apart; Jpan stands for Han with kana, Hani for Han alone. */
const SCRIPTS = {
  Latn: /\p{Script=Latin}/gu,
  Hani: /\p{Script=Han}/gu,
  Kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  Hang: /\p{Script=Hangul}/gu,
  Cyrl: /\p{Script=Cyrillic}/gu,
  Arab: /\p{Script=Arabic}/gu,
  Grek: /\p{Script=Greek}/gu,
  Hebr: /\p{Script=Hebrew}/gu,
  Thai: /\p{Script=Thai}/gu,
  Laoo: /\p{Script=Lao}/gu,
  Khmr: /\p{Script=Khmer}/gu,
  Mymr: /\p{Script=Myanmar}/gu,
  Deva: /\p{Script=Devanagari}/gu,
  Beng: /\p{Script=Bengali}/gu,
  Guru: /\p{Script=Gurmukhi}/gu,
  Gujr: /\p{Script=Gujarati}/gu,
  Taml: /\p{Script=Tamil}/gu,
  Telu: /\p{Script=Telugu}/gu,
  Knda: /\p{Script=Kannada}/gu,
  Mlym: /\p{Script=Malayalam}/gu,
  Sinh: /\p{Script=Sinhala}/gu,
  Armn: /\p{Script=Armenian}/gu,
  Geor: /\p{Script=Georgian}/gu,
  Ethi: /\p{Script=Ethiopic}/gu,
} as const;

export type Script = Exclude<keyof typeof SCRIPTS, 'Kana'> | 'Jpan' | 'Zyyy';

/** A Chinese or Japanese word says about as much as this many Latin letters: "iPhone 保修多久" is Chinese. */
const WORD_SIGN_WEIGHT = 3;

/** The script that most of the letters are in; 'Zyyy' (common) where there are no letters of a known one. */
export function mainScript(text: string): Script {
  const count = (script: keyof typeof SCRIPTS): number => text.match(SCRIPTS[script])?.length ?? 0;
  // Nearly every question: nothing but ASCII.
  if (/^[\0-\x7f]*$/.test(text)) return /[a-z]/i.test(text) ? 'Latn' : 'Zyyy';
  let best: Script = 'Zyyy';
  let most = 0;
  const kana = count('Kana');
  for (const script of Object.keys(SCRIPTS) as (keyof typeof SCRIPTS)[]) {
    if (script === 'Kana') continue;
    const letters = script === 'Hani' ? (count('Hani') + kana) * WORD_SIGN_WEIGHT : count(script);
    if (letters <= most) continue;
    most = letters;
    best = script === 'Hani' && kana > 0 ? 'Jpan' : script;
  }
  return best;
}
