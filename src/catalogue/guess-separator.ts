const SEPARATORS = [';', '\t', ',', '|'] as const;
/** Lines whose separators are counted. */
const SAMPLE_LINES = 20;

/**
 * The separator that cuts the most first lines into the same number of cells as the header; quoted text
 * does not count. A first line "sep=;", as Excel writes it, decides; it is no header.
 */
export function guessSeparator(text: string): { separator: string; skip: number } {
  const told = /^sep=(.)\r?\n/i.exec(text);
  if (told) return { separator: told[1] ?? ',', skip: told[0].length };
  const lines = text
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, SAMPLE_LINES);
  let best = { separator: ',', score: 0 };
  for (const separator of SEPARATORS) {
    const counts = lines.map((line) => line.split(separator).length - 1);
    const [header = 0] = counts;
    const alike = counts.filter((count) => count === header).length / Math.max(1, counts.length);
    // "12,90" is in every row of a file with semicolons, but not in its header.
    const score = header === 0 ? 0 : alike + header / 1000;
    if (score > best.score) best = { separator, score };
  }
  return { separator: best.separator, skip: 0 };
}
