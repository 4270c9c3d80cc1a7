/**
 * Bytes of each file that have been sent, from those of the whole form: its parts go one after the other. What is
 * around them counts as the files' own, so that the shares end at 1 together.
 */
export function sentOfFiles(sizes: readonly number[], sent: number, total: number): number[] {
  const sum = sizes.reduce((all, size) => all + size, 0);
  let left = total === 0 ? 0 : (sent / total) * sum;
  return sizes.map((size) => {
    const own = Math.max(0, Math.min(size, left));
    left -= own;
    return Math.round(own);
  });
}

/** Bytes a second, and seconds left; null before anything can be said. */
export function transferRate(
  sent: number,
  total: number,
  seconds: number,
): { rate: number; left: number } | null {
  if (sent === 0 || seconds < 0.2) return null;
  const rate = sent / seconds;
  return { rate, left: Math.max(0, total - sent) / rate };
}
