import { ATTACK_PATTERNS } from './attack-patterns.ts';
import { decodeHidden, turnedForms } from './decode-hidden.ts';
import { plainForm, withoutLeet } from './plain-form.ts';

/** Cheap to look for first: hardly any text that is turned round has one of these. */
const ENGLISH = /\b(?:ignore|disregard|forget|instructions?|prompt|system|pretend|previous|rules)\b/;
/** Longest text that is looked at, characters: what is longer is looked at in its beginning and its end. */
const LOOKED_AT = 8_000;

/**
 * The kind of attack on the assistant that a text holds (see attack-patterns.ts), or null. Looks behind zero-width
 * signs, lookalike letters, letters written apart, figures for letters, base64, hexadecimal, escapes, ROT13 and
 * text written backwards.
 * @param where a question is only searched for what no customer writes; retrieved text for more
 */
export function findAttack(text: string, where: 'question' | 'document'): string | null {
  const looked = text.length <= LOOKED_AT ? text : text.slice(0, LOOKED_AT / 2) + text.slice(-LOOKED_AT / 2);
  const plain = plainForm(looked);
  const leet = withoutLeet(plain);
  const direct = kindOf(plain, where) ?? (leet === null ? null : kindOf(leet, where));
  if (direct !== null) return direct;
  // Only severe kinds: any text turned round holds something by chance.
  const hidden = decodeHidden(looked).some((decoded) => kindOf(plainForm(decoded), 'document') !== null);
  if (hidden) return 'encoded';
  const turned = turnedForms(plain).some((form) => ENGLISH.test(form) && kindOf(form, 'question') !== null);
  return turned ? 'encoded' : null;
}

function kindOf(plain: string, where: 'question' | 'document'): string | null {
  const found = ATTACK_PATTERNS.find(
    ({ severe, pattern }) => (severe || where === 'document') && pattern.test(plain),
  );
  return found?.kind ?? null;
}
