/**
 * One list out of several: the first of each, then the second of each, and so on; what came before is left
 * out. Scores of different questions don't compare, places do.
 */
export function interleave<Item>(
  lists: readonly (readonly Item[])[],
  keyOf: (item: Item) => unknown,
): Item[] {
  const seen = new Set<unknown>();
  const out: Item[] = [];
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  for (let place = 0; place < longest; place += 1) {
    for (const list of lists) {
      const item = list[place];
      if (item === undefined || seen.has(keyOf(item))) continue;
      seen.add(keyOf(item));
      out.push(item);
    }
  }
  return out;
}
