import { foldText } from '../text/fold-text.ts';

/** Letters of other scripts that look like Latin ones: "іgnоre" with a Cyrillic і and о. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ['а', 'a'],
  ['в', 'b'],
  ['с', 'c'],
  ['ԁ', 'd'],
  ['е', 'e'],
  ['һ', 'h'],
  ['і', 'i'],
  ['ј', 'j'],
  ['к', 'k'],
  ['ӏ', 'l'],
  ['м', 'm'],
  ['н', 'h'],
  ['о', 'o'],
  ['р', 'p'],
  ['ѕ', 's'],
  ['т', 't'],
  ['у', 'y'],
  ['х', 'x'],
  ['ѵ', 'v'],
  ['ԝ', 'w'],
  ['α', 'a'],
  ['ε', 'e'],
  ['ι', 'i'],
  ['κ', 'k'],
  ['ν', 'v'],
  ['ο', 'o'],
  ['ρ', 'p'],
  ['τ', 't'],
  ['υ', 'u'],
  ['ı', 'i'],
  ['ɡ', 'g'],
  ['ո', 'n'],
  ['օ', 'o'],
  ['ѐ', 'e'],
  ['ɑ', 'a'],
]);
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};
/** A word of letters with figures or signs among them; with letters around, so that "10am" stays. */
const LEET_WORD = /(?<![\p{L}\p{N}])(?=\p{L}*[013457@$])[\p{L}013457@$]{4,}(?![\p{L}\p{N}])/gu;
/** "i g n o r e", "i.g.n.o.r.e", "i-g-n-o-r-e". */
const SPACED_WORD = /(?<![\p{L}\p{N}])\p{L}(?:[ ._*-]\p{L}){3,}(?![\p{L}\p{N}])/gu;

/**
 * Text as it is compared with patterns: folded, without accents' difference in case, lookalike letters as the
 * Latin ones where the text is mostly Latin, letters written apart put together. Never shown.
 */
export function plainForm(text: string): string {
  // Between letters a soft hyphen or a zero-width sign hides a word; foldText takes them away.
  const folded = foldText(text).toLowerCase();
  const latin = folded.match(/[a-z]/g)?.length ?? 0;
  const other = folded.match(/[\u0370-\u052f\u0530-\u058f]/g)?.length ?? 0;
  const likened =
    other > 0 && latin >= other
      ? Array.from(folded, (sign) => LOOKALIKES.get(sign) ?? sign).join('')
      : folded;
  return likened.replace(SPACED_WORD, (word) => word.replace(/[ ._*-]/g, ''));
}

/** The same with figures that stand for letters read as these; null where there are none. */
export function withoutLeet(plain: string): string | null {
  const read = plain.replace(LEET_WORD, (word) =>
    /\p{L}/u.test(word) ? Array.from(word, (sign) => LEET[sign] ?? sign).join('') : word,
  );
  return read === plain ? null : read;
}
