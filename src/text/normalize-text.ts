/** Line and paragraph separators that are not '\n'. */
const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029]/g;
const NO_BREAK_SPACES = /[\u00a0\u2007\u202f]/g;
/** Control characters, soft hyphen, zero-width and bidi controls, and the invisible tag letters. */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
/** Normalising a run of combining marks takes quadratic time; Unicode's stream-safe limit is 30. */
const MARK_RUNS = /(\p{M}{30})\p{M}+/gu;
const LONE_SURROGATES = /\p{Cs}/gu;

/**
 * Text as the rest of the product may see it: NFC, '\n' as the only line break, no control (but '\n'
 * and '\t'), zero-width or bidi characters, no-break spaces as spaces. Never throws.
 */
export function normalizeText(text: string): string {
  return text
    .replace(LINE_BREAKS, '\n')
    .replace(INVISIBLE, '')
    .replace(NO_BREAK_SPACES, ' ')
    .replace(LONE_SURROGATES, '\ufffd')
    .replace(MARK_RUNS, '$1')
    .normalize('NFC');
}
