import type { StoredProduct } from '../../stores/catalogue-contracts.ts';

/**
 * So many of the variants that stand for all of them, in their order: in turn one of each imported price, in stock
 * and not. The first ones alone may all be of one colour, sold out, while another one is there and dearer.
 */
export function spreadVariants(variants: readonly StoredProduct[], most: number): readonly StoredProduct[] {
  if (variants.length <= most) return variants;
  const seen = new Map<string, number>();
  const turns = variants.map((product) => {
    const { price, stock } = product;
    const group = JSON.stringify([price?.minor, price?.currency, stock === null ? null : stock > 0]);
    const turn = seen.get(group) ?? 0;
    seen.set(group, turn + 1);
    return { product, turn };
  });
  const taken = turns.sort((left, right) => left.turn - right.turn).slice(0, most);
  const kept = new Set(taken.map(({ product }) => product));
  return variants.filter((product) => kept.has(product));
}
