/** "1.2 MB" in the words of the language. */
export function formatBytes(bytes: number, locale: string): string {
  const mega = bytes >= 100_000;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: mega ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: mega ? 1 : 0,
  }).format(mega ? bytes / 1_000_000 : Math.max(1, Math.round(bytes / 1000)));
}
