import type { Allowance, AllowanceStore } from '../stores/memory-contracts.ts';
import { ABUSE } from './abuse-settings.ts';

export interface Rate {
  /** Who is counted. */
  key: string;
  perHour: number;
  /** How many may come at once; 1 or more. */
  burst: number;
}

export interface RateLimits {
  /**
   * One from each, or nothing from any.
   * @returns seconds until there is one in each; 0: it was taken
   */
  spend(rates: readonly Rate[]): Promise<number>;
}

const HOUR = 3_600_000;

/**
 * Token buckets (https://en.wikipedia.org/wiki/Token_bucket). What is counted lies in memory and is written behind:
 * nobody waits for the disk, and LMDB gathers what comes in one moment into one commit. A stopped or killed server goes
 * on where it was; a power cut may forgive what was spent in its last moments, which is no harm worth an fsync a
 * request. Who is not in memory is read from the map of the file, once.
 */
export function createRateLimits(store: AllowanceStore, now: () => number = Date.now): RateLimits {
  const held = new Map<string, Allowance>();

  const load = async (key: string): Promise<void> => {
    if (held.has(key)) return;
    const stored = await store.get(key);
    // Somebody else may have loaded and spent meanwhile.
    if (stored !== null && !held.has(key)) keep(key, stored);
  };
  const fill = ({ key, perHour, burst }: Rate): Allowance => {
    const { left, at } = held.get(key) ?? { left: burst, at: now() };
    // A clock that was set back gives nothing, and takes nothing.
    const grown = left + (Math.max(0, now() - at) / HOUR) * perHour;
    return { left: Math.min(burst, grown), at: now() };
  };
  const keep = (key: string, allowance: Allowance): void => {
    // Written again it is the newest: the map forgets the one that was silent longest, the store keeps it.
    held.delete(key);
    held.set(key, allowance);
    if (held.size > ABUSE.remembered) held.delete(held.keys().next().value!);
  };

  return {
    spend: async (rates) => {
      for (const { key } of rates) await load(key);
      // From here on nothing waits: two that came at once cannot take the same one.
      const filled = rates.map((rate) => ({ rate, allowance: fill(rate) }));
      const waits = filled.map(({ rate, allowance }) =>
        allowance.left >= 1 ? 0 : Math.ceil((((1 - allowance.left) / rate.perHour) * HOUR) / 1000),
      );
      const longest = Math.max(0, ...waits);
      if (longest > 0) return longest;
      for (const { rate, allowance } of filled) {
        const spent = { ...allowance, left: allowance.left - 1 };
        keep(rate.key, spent);
        store.put(rate.key, spent);
      }
      return 0;
    },
  };
}
