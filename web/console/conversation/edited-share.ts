/**
 * Share of a suggested text that was changed before it was sent, 0 to 1: words of either text that the other
 * has not, of all words.
 */
export function editedShare(suggested: string, sent: string): number {
  const counts = new Map<string, number>();
  const before = wordsOf(suggested);
  const after = wordsOf(sent);
  for (const word of before) counts.set(word, (counts.get(word) ?? 0) + 1);
  let kept = 0;
  for (const word of after) {
    const left = counts.get(word) ?? 0;
    if (left === 0) continue;
    counts.set(word, left - 1);
    kept += 1;
  }
  const most = Math.max(before.length, after.length);
  return most === 0 ? 0 : Math.round((1 - kept / most) * 1000) / 1000;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
