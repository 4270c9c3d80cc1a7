/**
 * A product code or order number as it is compared: without case, spaces, hyphens and dashes, so that
 * "AB-100 42", "ab 10042" and "AB10042" are one. Empty when nothing else is in it.
 */
export function normalizeCode(code: string): string {
  return code
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Pd}]+/gu, '');
}
