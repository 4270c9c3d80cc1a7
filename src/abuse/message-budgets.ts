import { isIPv6 } from 'node:net';
import { AnswerboxError } from '../errors.ts';
import { ABUSE } from './abuse-settings.ts';
import type { Rate, RateLimits } from './rate-limits.ts';

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
  spend(visitor: string | null, address: string): Promise<void>;
  /**
   * A sign beside the messages: somebody types, has read, rates. Counted apart, so that typing takes no message away.
   * @throws budget_spent
   */
  spendSignal(visitor: string, address: string): Promise<void>;
}

/** An hour's budget flows in evenly, and a part of it may be spent at once. */
export function createMessageBudgets(limits: BudgetLimits, rates: RateLimits): MessageBudgets {
  const rateOf = (key: string, perHour: number): Rate => ({
    key,
    perHour,
    burst: Math.max(ABUSE.leastBurst, perHour * ABUSE.burstShare),
  });
  const take = async (visitor: string | null, address: string, [kind, times]: [string, number]) => {
    const network = networkOf(address);
    const counted = [
      rateOf(`v${kind} ${visitor}`, visitor === null ? 0 : limits.visitor * times),
      rateOf(`a${kind} ${network}`, network === null ? 0 : limits.address * times),
    ].filter(({ perHour }) => perHour > 0);
    const seconds = await rates.spend(counted);
    if (seconds > 0) throw new AnswerboxError('budget_spent', { seconds });
  };
  return {
    spend: (visitor, address) => take(visitor, address, ['', 1]),
    spendSignal: (visitor, address) => take(visitor, address, [' sign', ABUSE.signalsPerMessage]),
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
