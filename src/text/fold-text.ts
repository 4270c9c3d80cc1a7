import { normalizeText } from './normalize-text.ts';

/** Marks that NFKC would turn into letters of the word before: "Gore-Tex™" must not become "Gore-TexTM". */
const WORD_MARKS = /[™℠®©]/g;
/** NFKC makes "1½" an "11⁄2". */
const GLUED_FRACTION = /(\d)([¼-¾⅐-⅞])/g;
/** Fillers, joiners and selectors that show nothing; ZWJ and bidi controls went with normalizeText. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}|\u2800/gu;

/**
 * Text as it is compared, never as it is shown: {@link normalizeText}, then NFKC (full-width letters,
 * ligatures, circled numbers), invisible fillers removed, white space as single spaces, trimmed.
 * Documents keep their own text, since citations are slices of it; only their index words are folded so.
 */
export function foldText(text: string): string {
  return normalizeText(text)
    .replace(WORD_MARKS, ' ')
    .replace(GLUED_FRACTION, '$1 $2')
    .normalize('NFKC')
    .replace(IGNORABLE, '')
    .replace(/\s+/g, ' ')
    .trim();
}
