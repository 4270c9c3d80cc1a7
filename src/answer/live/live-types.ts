import type { Caller, OrderGate } from '../../sources/order-gate.ts';
import type { AskedBack, CustomerFact, Session } from '../../stores/memory-contracts.ts';
import type { Identity } from '../../sources/identity-token.ts';
import type { LiveFacts } from '../../sources/live-facts.ts';
import type { ProductFinder } from '../../catalogue/find-products.ts';
import type { ProductSense } from '../../catalogue/product-sense.ts';
import type { AnswerOrder, AnswerProduct, Outcome } from '../answer-types.ts';
import type { HandoverReason } from '../../stores/ticket-contracts.ts';
import type { Guard } from '../../guard/guard.ts';
import type { Say } from '../../messages/say.ts';
import type { StoredProduct } from '../../stores/catalogue-contracts.ts';
import type { Route } from './routes.ts';

/** A product with the variants that are looked at. */
export interface Family {
  products: readonly StoredProduct[];
  score: number;
}

/** What the path asks beside the documents. */
export interface LiveTools {
  products: ProductFinder;
  sense: ProductSense;
  facts: LiveFacts;
  orders: OrderGate;
  /** The reply to a question about opening hours at this moment; null when it asks for something else. */
  hours: (question: string, at: Date, say: Say) => string | null;
  /** What order numbers begin with ("MO"), '' when nothing in common; null when there are no orders to ask for. */
  orderPrefix: () => Promise<string | null>;
  /** Another one when something changed: what documents answered may be answered from here now. */
  version: () => Promise<string>;
  guard: Guard;
  routeOf: (intent: string | null) => Route;
  timeZone: () => string;
  now: () => Date;
}

/** Who asks, and what was said before: an order number in one message, the e-mail address in the next. */
export interface Asker extends Caller {
  identity: Identity | null;
  /** The product's own words, in the asker's language. */
  say: Say;
  /** Texts of the customer's messages before this one, newest first. */
  before: readonly string[];
  /** The order that this conversation proved before, or null. */
  provenOrder: string | null;
  /** What they were asked last, or null. */
  asked: AskedBack | null;
  /** What they agreed to have remembered; nothing of who is not identified. */
  facts: readonly CustomerFact[];
}

/** What a reply changes in the conversation's session. */
export type SessionChange = Partial<Pick<Session, 'asked' | 'provenOrder'>>;

export interface LiveReply {
  outcome: Extract<Outcome, 'answered' | 'answered_with_caveat' | 'clarify' | 'declined'>;
  text: string;
  products: AnswerProduct[];
  order: AnswerOrder | null;
  quickReplies: string[];
  session?: SessionChange;
  /** Why a person would take over, when this reply leaves the customer without an answer again. */
  reason?: HandoverReason;
}
