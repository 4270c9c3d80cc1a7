import { HTTP_SETTINGS } from './http-settings.ts';

export const KEY_PLACE = '{key}';

/**
 * Puts the key into the template, percent-encoded: it stays within its path segment or parameter.
 * Null when no such URL can be made; then no product or order has this key either.
 */
export function fillUrl(template: string, key: string): URL | null {
  const wanted = key.trim();
  // "." and ".." name no product but change the path, percent-encoded too.
  if (wanted === '' || wanted.length > HTTP_SETTINGS.longestKey || /^\.{1,2}$/.test(wanted)) return null;
  // Half a surrogate pair cannot be encoded.
  if (/\p{Cs}/u.test(wanted)) return null;
  return new URL(template.replaceAll(KEY_PLACE, () => encodeURIComponent(wanted)));
}

/** What is wrong with a template, or null. */
export function whyBadTemplate(template: string): string | null {
  if (!template.includes(KEY_PLACE)) return `needs ${KEY_PLACE} where the product code or order number goes`;
  let one: URL;
  let other: URL;
  try {
    one = new URL(template.replaceAll(KEY_PLACE, 'a1'));
    other = new URL(template.replaceAll(KEY_PLACE, 'b2'));
  } catch {
    return 'is not a URL';
  }
  if (one.protocol !== 'http:' && one.protocol !== 'https:') return 'must begin with http:// or https://';
  if (one.origin !== other.origin) return `may not have ${KEY_PLACE} in its host`;
  if (one.username !== '' || one.password !== '') return 'may not hold a password: use headers';
  return one.hash === '' ? null : 'may not have a part after #';
}
