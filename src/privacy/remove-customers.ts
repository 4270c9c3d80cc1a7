import type { CustomerMemory } from '../stores/memory-contracts.ts';
import type { PrivacyStore } from '../stores/privacy-contracts.ts';
import { PRIVACY } from './privacy-settings.ts';

export interface CustomerRemoval {
  store: Pick<PrivacyStore, 'expiredCustomers' | 'removeCustomers'>;
  memory: { customers: Pick<CustomerMemory, 'forget'> };
}

/**
 * Profiles of customers who were not there since, and what is remembered of them, in slices.
 * Facts go first: broken off in between, the profile still says whose are left.
 * @param before ISO 8601, UTC; null: none is too old
 * @param rest what is waited for before each slice; its failure ends the removal
 * @returns how many customers
 */
export async function removeExpiredCustomers(
  { store, memory }: CustomerRemoval,
  before: string | null,
  rest: () => Promise<void>,
): Promise<number> {
  if (before === null) return 0;
  const expired = await store.expiredCustomers(before);
  let removed = 0;
  for (let start = 0; start < expired.length; start += PRIVACY.slice) {
    await rest();
    const slice = expired.slice(start, start + PRIVACY.slice);
    await memory.customers.forget(slice.flatMap(({ subjects }) => subjects));
    removed += await store.removeCustomers(
      before,
      slice.map(({ id }) => id),
    );
  }
  return removed;
}
