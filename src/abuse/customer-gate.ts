import { countStreams } from './count-streams.ts';
import { createMessageBudgets } from './message-budgets.ts';
import type { RateLimits } from './rate-limits.ts';
import { createProofOfWork, type Challenge, type Proof } from './proof-of-work.ts';

export interface Admission {
  /** Who writes: the shop's own id of them, else their conversation; null before there is one. */
  visitor: string | null;
  /** Network address. */
  address: string;
  /** A conversation begins with it, and nobody vouches for the visitor. */
  anonymousStart: boolean;
  proof?: Proof | undefined;
}

/** What every message of a customer passes before it costs anything. */
export interface CustomerGate {
  /** Null when no proof of work is asked for. */
  challenge(): Challenge | null;
  /** @throws proof_needed, budget_spent */
  admit(admission: Admission): Promise<void>;
  /** Somebody types, has read or rates. @throws budget_spent */
  admitSignal(from: { visitor: string; address: string }): Promise<void>;
  /** A stream of events that stays open. @returns to be called when it closes. @throws streams_spent */
  openStream(address: string): () => void;
}

export interface GateSettings {
  proof_of_work_bits: number;
  visitor_messages_per_hour: number;
  address_messages_per_hour: number;
  address_streams: number;
}

export function createCustomerGate(
  settings: GateSettings,
  rates: RateLimits,
  now: () => number = Date.now,
): CustomerGate {
  const { proof_of_work_bits: bits } = settings;
  const work = bits > 0 ? createProofOfWork(bits, now) : null;
  const budgets = createMessageBudgets(
    { visitor: settings.visitor_messages_per_hour, address: settings.address_messages_per_hour },
    rates,
  );
  const streams = countStreams(settings.address_streams);
  return {
    admitSignal: ({ visitor, address }) => budgets.spendSignal(visitor, address),
    openStream: streams,
    challenge: () => work?.issue() ?? null,
    admit: async ({ visitor, address, anonymousStart, proof }) => {
      // The budget first: a refused message must not use up the work that was done for it.
      await budgets.spend(visitor, address);
      if (anonymousStart) work?.take(proof);
    },
  };
}
