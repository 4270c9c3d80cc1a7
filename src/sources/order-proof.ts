import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { normalizeCode } from '../text/normalize-code.ts';
import type { Identity } from './identity-token.ts';
import type { OrderFact } from './source-contracts.ts';

/** What somebody gives to see an order. */
export interface OrderClaim {
  number: string;
  email?: string;
  /** From a token that the shop signed, already verified. */
  identity?: Identity;
  /** Number of an order that this conversation proved by its e-mail address not long ago. */
  proven?: string;
}

/** Digests under a key of this process are compared, so that time tells neither content nor length. */
const COMPARE_KEY = randomBytes(32);
const LONGEST_EMAIL = 320;
/** Compared with when there is no order: finding nothing takes the same steps. */
const NOBODY = 'nobody@nowhere.invalid';

/**
 * Whether the claim proves that the order is the claimant's: its number with its e-mail address, or a
 * verified identity that names the order or has its address, or an earlier proof in the conversation. The same false for no order and a wrong proof.
 */
export function checkOrderProof(claim: OrderClaim, order: OrderFact | null): boolean {
  const number = normalizeCode(order?.number ?? claim.number);
  const email = comparableEmail(order?.email ?? NOBODY);
  const sameNumber = isSame(normalizeCode(claim.number), number);
  const byEmail = isSameEmail(claim.email, email);
  const byIdentity = isSameEmail(claim.identity?.email ?? undefined, email);
  const vouched = namesOrder(claim.identity, claim.number) || wasProven(claim);
  return order !== null && sameNumber && (byEmail || byIdentity || vouched);
}

/** Whether the shop's own token says that this order is the customer's. */
export function namesOrder(identity: Identity | undefined, number: string): boolean {
  const wanted = normalizeCode(number);
  return identity?.orders.some((order) => normalizeCode(order) === wanted) ?? false;
}

/** Whether the conversation has proved this very order before. */
export function wasProven({ number, proven }: OrderClaim): boolean {
  return proven !== undefined && isSame(normalizeCode(proven), normalizeCode(number));
}

function isSameEmail(given: string | undefined, email: string): boolean {
  const real = given !== undefined && given.length <= LONGEST_EMAIL && given.includes('@');
  const same = isSame(comparableEmail(real ? given : ''), email);
  return real && same && email.includes('@');
}

/**
 * Without surrounding space and in lower case, but a letter that is not ASCII never becomes one that is:
 * the Kelvin sign is not a "k", a fullwidth or Cyrillic "a" is not an "a".
 */
export function comparableEmail(email: string): string {
  return email
    .trim()
    .replace(/\p{L}/gu, (letter) => {
      const lower = letter.toLowerCase();
      return letter > '\x7f' && lower < '\x80' ? letter : lower;
    })
    .normalize('NFC');
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHmac('sha256', COMPARE_KEY).update(text).digest();
}
