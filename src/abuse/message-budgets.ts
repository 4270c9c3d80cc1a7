import { isIPv6 } from 'node:net';
import { AnswerboxError } from '../errors.ts';
import { ABUSE } from './abuse-settings.ts';

export interface BudgetLimits {
  /** Messages an hour of one visitor; 0: any number. */
  visitor: number;
  /** Messages an hour from one network address; 0: any number. */
  address: number;
}

export interface MessageBudgets {
  /**
   * One message of a visitor from an address; null where there is nobody to count by.
   * @throws budget_spent, and nothing is counted
   */
  spend(visitor: string | null, address: string): void;
}

interface Bucket {
  left: number;
  at: number;
}

const HOUR = 3_600_000;

/**
 * Token buckets (https://en.wikipedia.org/wiki/Token_bucket): an hour's budget flows in evenly, and a part of it may
 * be spent at once. In memory: what a restart forgives is one burst.
 */
export function createMessageBudgets(limits: BudgetLimits, now: () => number = Date.now): MessageBudgets {
  const buckets = new Map<string, Bucket>();

  const burstOf = (perHour: number): number => Math.max(ABUSE.leastBurst, perHour * ABUSE.burstShare);
  const fill = (key: string, perHour: number): Bucket => {
    const { left, at } = buckets.get(key) ?? { left: burstOf(perHour), at: now() };
    const grown = Math.min(burstOf(perHour), left + (Math.max(0, now() - at) / HOUR) * perHour);
    return { left: grown, at: now() };
  };
  const keep = (key: string, bucket: Bucket): void => {
    // Written again it is the newest: the map forgets the one that was silent longest.
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > ABUSE.remembered) buckets.delete(buckets.keys().next().value!);
  };

  return {
    spend: (visitor, address) => {
      const network = networkOf(address);
      const counted = [
        { key: `v ${visitor}`, perHour: visitor === null ? 0 : limits.visitor },
        { key: `a ${network}`, perHour: network === null ? 0 : limits.address },
      ].filter(({ perHour }) => perHour > 0);
      const filled = counted.map(({ key, perHour }) => ({ key, perHour, bucket: fill(key, perHour) }));
      for (const { perHour, bucket } of filled) {
        if (bucket.left >= 1) continue;
        const seconds = Math.ceil((((1 - bucket.left) / perHour) * HOUR) / 1000);
        throw new AnswerboxError('budget_spent', { seconds });
      }
      for (const { key, bucket } of filled) keep(key, { ...bucket, left: bucket.left - 1 });
    },
  };
}

/**
 * What one household has: an IPv4 address, the first 64 bits of an IPv6 one. Null for this machine itself: behind a
 * proxy that `trusted_proxies` does not name, all visitors seem to be there.
 */
export function networkOf(address: string): string | null {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return networkOf(mapped);
  if (address === '::1' || address.startsWith('127.')) return null;
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail.split(':').filter(Boolean);
  const groups = address.includes('::')
    ? [...front, ...Array<string>(8 - front.length - back.length).fill('0'), ...back]
    : front;
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
