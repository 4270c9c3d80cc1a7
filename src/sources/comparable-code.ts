/** Product codes and order numbers are compared without case, spaces and hyphens of any kind. */
export function comparableCode(code: string): string {
  return code
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .toLowerCase();
}
