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
  /** It was right: the tries of this address and device are no failures. */
  succeed(guesser: Guesser): Promise<void>;
}

/**
 * Pauses after wrong passwords, by device cookies: guesses from unknown browsers share the account's count, so
 * that many addresses help no guesser; a browser that signed in before has a count of its own, so that nobody
 * can lock its user out. Method: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
 */
export function createSignInPauses(attempts: ProofAttempts, now: () => number = Date.now): SignInPauses {
  const account = policy(AUTH.freeFailures);
  const address = policy(AUTH.freeAddressFailures);
  const keysOf = (guesser: Guesser): [string[], PausePolicy][] =>
    guesser.device !== null
      ? [[[key('device', guesser.device)], account]]
      : [
          [[key('address', networkOf(guesser.address))], address],
          ...(guesser.email === null
            ? []
            : [[[key('account', guesser.email.trim().toLowerCase())], account] as [string[], PausePolicy]]),
        ];
  return {
    begin: async (guesser) => {
      for (const [keys, rule] of keysOf(guesser)) {
        const at = now();
        const until = await attempts.begin(keys, at, rule);
        if (until !== null)
          throw new AnswerboxError('sign_in_paused', { seconds: Math.ceil((until - at) / 1000) });
      }
    },
    succeed: async (guesser) => {
      for (const [keys] of keysOf(guesser)) await attempts.takeBack(keys);
    },
  };
}

function policy(free: number): PausePolicy {
  return {
    pauseSeconds: (failures) =>
      failures < free
        ? 0
        : Math.min(AUTH.longestPauseSeconds, AUTH.firstPauseSeconds * 2 ** (failures - free)),
    forgetSeconds: AUTH.forgetSeconds,
  };
}

function key(kind: string, value: string): string {
  return `sign-in:${kind}:${hashToken(value).toString('base64url')}`;
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
