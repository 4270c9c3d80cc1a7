import { AnswerboxError } from '../errors.ts';
import type { ApiKeyRecord } from '../stores/staff-contracts.ts';
import type { RateLimits } from './rate-limits.ts';

export interface KeyLimits {
  /** One request with a program's key. @throws key_limit_spent */
  spend(key: Pick<ApiKeyRecord, 'id' | 'requestsPerMinute'>): Promise<void>;
}

/** @param usual requests a minute of a key that has no number of its own; 0: any number */
export function createKeyLimits(limits: RateLimits, usual: number): KeyLimits {
  return {
    spend: async ({ id, requestsPerMinute }) => {
      const limit = requestsPerMinute ?? usual;
      if (limit === 0) return;
      const seconds = await limits.spend([{ key: `k ${id}`, perHour: limit * 60, burst: limit }]);
      if (seconds > 0) throw new AnswerboxError('key_limit_spent', { limit, seconds });
    },
  };
}
