import { setTimeout as delay } from 'node:timers/promises';
import { AnswerboxError } from '../errors.ts';
import type { PausePolicy, ProofAttempts } from '../stores/contracts.ts';
import { AUTH } from './auth-settings.ts';
import { hashToken } from './tokens.ts';

export interface Guesser {
  /** Null where no account is named: the address alone is counted then. */
  email: string | null;
  address: string;
  /** A browser that this user signed in with before, proven by its cookie; null for any other. */
  device: string | null;
}

export interface SignInPauses {
  /** Counts a try before it is known to be wrong. @throws sign_in_paused */
  begin(guesser: Guesser): Promise<void>;
  /** It was right: this try was no failure. */
  succeed(guesser: Guesser): Promise<void>;
  /** Whoever may says that this account is paused for nothing: all counts of it begin anew. */
  clear(email: string): Promise<void>;
}

interface Count {
  key: string;
  policy: PausePolicy;
  /** Never refused: who comes too soon is kept waiting for a few seconds. */
  slows: boolean;
}

/**
 * Pauses after wrong passwords, so that no stranger can lock anybody out from another network: a browser that signed
 * in before has a count of its own (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"); all others of one
 * network share one for each account, and one for all accounts. Guesses from many networks at one account only slow its
 * unknown browsers down. What comes from this machine itself may be everybody behind a proxy that `trusted_proxies`
 * does not name: it has no count for all accounts.
 */
export function createSignInPauses(
  attempts: ProofAttempts,
  now: () => number = Date.now,
  wait: (milliseconds: number) => Promise<unknown> = delay,
): SignInPauses {
  return {
    begin: async (guesser) => {
      for (const { key, policy, slows } of countsOf(guesser)) {
        const at = now();
        const until = await attempts.begin([key], at, policy);
        if (until === null) continue;
        if (!slows) throw new AnswerboxError('sign_in_paused', { seconds: Math.ceil((until - at) / 1000) });
        await wait(until - at);
        await attempts.begin([key], now(), policy);
      }
    },
    succeed: async (guesser) => {
      await attempts.takeBack(countsOf(guesser).map(({ key }) => key));
    },
    clear: (email) => attempts.forget(prefixOf(email)),
  };
}

const { firstPauseSeconds: first, longestPauseSeconds: longest } = AUTH;
const BY_ACCOUNT = policyOf(AUTH.freeFailures, { first, longest });
const BY_ADDRESS = policyOf(AUTH.freeAddressFailures, { first, longest });
const SLOWLY = policyOf(AUTH.freeSpreadFailures, { first: 1, longest: AUTH.longestWaitSeconds });

function countsOf({ email, address, device }: Guesser): Count[] {
  const network = isThisMachine(address) ? null : networkOf(address);
  const counts: Count[] = [];
  const add = (key: string, policy: PausePolicy, slows = false): void =>
    void counts.push({ key, policy, slows });
  if (device !== null) add(`${prefixOf(email ?? '')}device:${hashOf(device)}`, BY_ACCOUNT);
  else {
    if (network !== null) add(`sign-in:address:${hashOf(network)}`, BY_ADDRESS);
    if (email !== null) {
      add(`${prefixOf(email)}network:${hashOf(network ?? 'this machine')}`, BY_ACCOUNT);
      add(`${prefixOf(email)}spread`, SLOWLY, true);
    }
  }
  return counts;
}

function policyOf(free: number, { first, longest }: { first: number; longest: number }): PausePolicy {
  return {
    pauseSeconds: (failures) => (failures < free ? 0 : Math.min(longest, first * 2 ** (failures - free))),
    forgetSeconds: AUTH.forgetSeconds,
  };
}

function prefixOf(email: string): string {
  return `sign-in:${hashOf(email.trim().toLowerCase())}:`;
}

function hashOf(value: string): string {
  return hashToken(value).toString('base64url');
}

function isThisMachine(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./i.test(address);
}

/** One household has 2^64 addresses of IPv6: its network counts. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const whole =
    tail === undefined
      ? groups
      : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest];
  return whole.slice(0, 4).join(':');
}
