const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** '0 B', '1.5 kB', '20 MB': decimal units, as the limits are set in. */
export function showBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${UNITS[power]}`;
}
