import type { ProductFilters } from './finder-types.ts';
import type { ProductIndex } from './product-index.ts';
import { PLACE_BITS, PLACES } from './product-index.ts';

/** Filters in the numbers of an index, so that a row is checked without touching a string. */
export interface CompiledFilters {
  readonly any: boolean;
  /** Of one row. */
  meets(row: number, family: number): boolean;
}

export function compileFilters(index: ProductIndex, filters: ProductFilters): CompiledFilters {
  const { price, size, colours, inStock } = filters;
  const checks: ((row: number, family: number) => boolean)[] = [];
  if (price) {
    const { least = 0, most = Infinity, currency } = price;
    const id = currency === null ? null : index.currencyId(currency);
    checks.push((row) => {
      const value = index.prices[row]!;
      // NaN, no price, is in no range.
      return value >= least && value <= most && (id === null || index.currencies[row] === id);
    });
  }
  if (size !== undefined) {
    // An unknown size is 0, and so is a row without one.
    const id = index.sizeId(size);
    checks.push((row) => id !== 0 && index.sizes[row] === id);
  }
  if (colours) {
    const ids = new Set(colours.flatMap((word) => index.colourIds(word)));
    const named = familiesNamed(index, colours);
    checks.push((row, family) => ids.has(index.colours[row]!) || named.has(family));
  }
  if (inStock) checks.push((row) => index.stocks[row]! > 0);
  return { any: checks.length > 0, meets: (row, family) => checks.every((check) => check(row, family)) };
}

/** "Red Bull" has its colour in the name. */
function familiesNamed(index: ProductIndex, words: readonly string[]): Set<number> {
  const found = new Set<number>();
  const name = PLACES.indexOf('name');
  for (const word of words) {
    for (const { id, quality } of index.words.find(word)) {
      if (quality < 1) continue;
      for (const entry of index.postings[id] ?? [])
        if ((entry & ((1 << PLACE_BITS) - 1)) === name) found.add(entry >>> PLACE_BITS);
    }
  }
  return found;
}
