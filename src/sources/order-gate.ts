import { createHash } from 'node:crypto';
import type { ProofAttempts } from '../stores/contracts.ts';
import { normalizeCode } from '../text/normalize-code.ts';
import { checkOrderProof, namesOrder, wasProven, type OrderClaim } from './order-proof.ts';
import type { FactResult, OrderFact } from './source-contracts.ts';

/** Pauses after failed proofs, counted for the conversation, the order number and the caller's address. */
export const PROOF_SETTINGS = {
  /** Failures without a pause: typing errors happen. */
  freeFailures: 3,
  /** Seconds after the last free failure; doubled by every further one. */
  firstPauseSeconds: 10,
  /** Seconds at most: 15 minutes leave a guesser 96 tries a day for one order. */
  mostPauseSeconds: 900,
  /** Seconds without a failure until all is forgotten. */
  forgetSeconds: 86_400,
} as const;

export interface Caller {
  conversationId: string | null;
  /** The network address as the server knows it, or null. */
  address: string | null;
}

/**
 * `refused`: no such order, or not this customer's; nobody can tell which. `paused`: too many failures, not
 * looked up at all. `incomplete`: neither an e-mail address nor an identity. `unchecked`: no source could be
 * asked; `reason` for the trace.
 */
export type ProofResult =
  | { outcome: 'proven'; order: OrderFact; source: string; readAt: string }
  | { outcome: 'refused' }
  | { outcome: 'paused'; until: string }
  | { outcome: 'incomplete' }
  | { outcome: 'unchecked'; reason: string };

export interface OrderGateOptions {
  attempts: ProofAttempts;
  /** Reads the order with this number from the live sources. @throws cancelled */
  readOrder: (number: string, signal: AbortSignal) => Promise<FactResult>;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export interface OrderGate {
  /** The one way to an order. @throws cancelled; storage_full, storage_failed when tries cannot be counted */
  prove(claim: OrderClaim, caller: Caller, options: { signal: AbortSignal }): Promise<ProofResult>;
}

export function createOrderGate({ attempts, readOrder, now = Date.now }: OrderGateOptions): OrderGate {
  return {
    prove: async (claim, caller, { signal }) => {
      const email = claim.email?.trim() ?? '';
      const known = wasProven(claim);
      if (email === '' && claim.identity === undefined && !known) return { outcome: 'incomplete' };
      // What the shop signed, or was proven here before, is no guess: no number of tries has to be feared.
      const guessable = email !== '' && !namesOrder(claim.identity, claim.number) && !known;
      const keys = guessable ? keysOf(claim, caller) : [];
      // Counted as failed before it is looked up: tries at the same moment do not slip through together.
      const until = await attempts.begin(keys, now(), { pauseSeconds, ...PROOF_SETTINGS });
      if (until !== null) return { outcome: 'paused', until: new Date(until).toISOString() };
      const result = await readOrder(claim.number, signal);
      if (result.outcome === 'failed') {
        await attempts.takeBack(keys);
        return { outcome: 'unchecked', reason: result.reason };
      }
      const fact = result.outcome === 'found' && result.fact.kind === 'order' ? result.fact : null;
      if (!checkOrderProof(claim, fact?.order ?? null) || fact === null) return { outcome: 'refused' };
      // This try alone: a proof of one's own order must not wipe out failures at somebody else's.
      await attempts.takeBack(keys);
      return { outcome: 'proven', order: fact.order, source: fact.source, readAt: fact.readAt };
    },
  };
}

/** Seconds of pause after so many failures. */
export function pauseSeconds(failures: number): number {
  const { freeFailures, firstPauseSeconds, mostPauseSeconds } = PROOF_SETTINGS;
  if (failures < freeFailures) return 0;
  return Math.min(firstPauseSeconds * 2 ** (failures - freeFailures), mostPauseSeconds);
}

/** Hashed: a table of tries need not be a list of order numbers and addresses. */
function keysOf({ number }: OrderClaim, { conversationId, address }: Caller): string[] {
  const parts: [string, string | null][] = [
    ['conversation', conversationId],
    ['order', normalizeCode(number)],
    ['address', address],
  ];
  return parts.flatMap(([kind, value]) =>
    value === null ? [] : [createHash('sha256').update(`${kind}:${value}`).digest('hex')],
  );
}
