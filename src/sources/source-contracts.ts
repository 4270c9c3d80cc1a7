import type { Money, Order } from '../stores/catalogue-contracts.ts';

/** Facts that change by the minute are asked of a live source at every answer, never kept in documents. */

export type FactKind = 'price' | 'stock' | 'delivery' | 'order';

export interface FactRequest {
  kind: FactKind;
  /** Product code, or order number for `order`. */
  key: string;
}

interface FactBase {
  key: string;
  /** Name of the source that was asked. */
  source: string;
  /** ISO 8601, UTC: when it was read there; older than now when it came from the cache. */
  readAt: string;
}

export type LiveFact = FactBase &
  (
    | { kind: 'price'; price: Money }
    | { kind: 'stock'; stock: number }
    | { kind: 'delivery'; days: number }
    | { kind: 'order'; order: OrderFact }
  );

/** As the shop's system has it; the e-mail address is for the proof and never shown. */
export type OrderFact = Order;

/**
 * `found`: with the names of the sources before that could not be asked, if any (`insteadOf`): what they would
 * have said is not known. `unknown`: the source answered and has none. `failed`: it could not be asked
 * in time; `reason` for the trace.
 */
export type FactResult =
  | { outcome: 'found'; fact: LiveFact; insteadOf?: readonly string[] }
  | { outcome: 'unknown' }
  | { outcome: 'failed'; reason: string };

/** One live source. Never throws for a slow, broken or dead one; @throws cancelled when the signal is raised. */
export interface LiveSource {
  readonly name: string;
  readonly kinds: readonly FactKind[];
  read(request: FactRequest, options: { signal: AbortSignal }): Promise<FactResult>;
  close(): Promise<void>;
}
