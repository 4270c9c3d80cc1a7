import type { ProductHit } from '../catalogue/finder-types.ts';
import type { ImportReport } from '../catalogue/import-types.ts';
import type { StoredOrder, StoredProduct } from '../stores/catalogue-contracts.ts';

/** Products, orders and reports as they go over the wire: names in snake_case. */

export function wireProduct({ deliveryDays, updatedAt, ...rest }: StoredProduct) {
  return { ...rest, delivery_days: deliveryDays, updated_at: updatedAt };
}

export function wireHit({ family, products, meetsFilters, score, why }: ProductHit) {
  return { family, score, meets_filters: meetsFilters, why, products: products.map(wireProduct) };
}

export function wireOrder({ placedAt, shippedAt, expectedAt, updatedAt, ...rest }: StoredOrder) {
  return {
    ...rest,
    placed_at: placedAt,
    shipped_at: shippedAt,
    expected_at: expectedAt,
    updated_at: updatedAt,
  };
}

export function wireImport({ read, counts, badCount, bad, duplicateCount, duplicates }: ImportReport) {
  return { read, ...counts, bad_count: badCount, bad, duplicate_count: duplicateCount, duplicates };
}
