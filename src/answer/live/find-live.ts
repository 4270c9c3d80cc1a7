import type { CustomerMemory } from '../../stores/memory-contracts.ts';
import type { Identity } from '../../sources/identity-token.ts';
import type { IntentReading } from '../../inference/contracts.ts';
import { ROUTING } from '../answer-settings.ts';
import type { HistoryMessage } from '../../understand/standalone-question.ts';
import type { Say } from '../../messages/say.ts';
import type { Question } from '../path-types.ts';
import type { Turn } from '../turn.ts';
import { asksOfOne } from './asks-of-one.ts';
import { findOrder } from './find-order.ts';
import { findProductReply, offerProducts, wantedProducts } from './find-product-reply.ts';
import type { Asker, LiveReply, LiveTools } from './live-types.ts';
import type { Route } from './routes.ts';

/**
 * Who asks, and what the customer said before, newest first. What they were asked last is taken out of the
 * session: whoever is not answered by it now is not bound by it later.
 */
export async function askerOf(
  turn: Pick<Turn, 'conversationId' | 'session' | 'say'>,
  { identity, address }: { identity?: Identity; address?: string },
  history: readonly HistoryMessage[],
  { customers }: { customers: Pick<CustomerMemory, 'facts'> },
): Promise<Asker> {
  const own = history.filter(({ role }) => role === 'customer').map(({ text }) => text);
  const { asked, provenOrder } = turn.session;
  turn.session = { ...turn.session, asked: null };
  return {
    conversationId: turn.conversationId,
    say: turn.say,
    identity: identity ?? null,
    address: address ?? null,
    before: own.reverse(),
    provenOrder,
    asked,
    facts: identity === undefined ? [] : await customers.facts(identity.subject),
  };
}

/**
 * order → opening hours → products: the first that the question is about answers it, from live sources.
 * Null when none is: then the documents are asked.
 * @throws cancelled, storage_*
 */
export async function findLive(
  question: Pick<Question, 'text' | 'standalone' | 'parts'>,
  intent: IntentReading | null,
  asker: Asker,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<LiveReply | null> {
  const route = routeFor(intent, tools);
  const order = await findOrder(question.text, route, asker, tools, signal);
  if (order) return order;
  return findShopFacts(question, intent, asker, tools, signal);
}

/** What anybody may be told: opening hours, then products. Null when the question is about neither. */
export async function findShopFacts(
  question: Pick<Question, 'standalone' | 'parts'>,
  intent: IntentReading | null,
  { say, facts }: Pick<Asker, 'say' | 'facts'>,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<LiveReply | null> {
  const route = routeFor(intent, tools);
  if (question.parts.length > 1) {
    // Of two questions at once the sources would answer one and leave the other, unless they are about one product.
    if (!(await asksOfOne(question, tools, signal))) return null;
    const strict = { ...route, productWords: 1 };
    return findProductReply(question.standalone, strict, say, tools, signal, facts);
  }
  const hours = tools.hours(question.standalone, tools.now(), say);
  if (hours !== null)
    return { outcome: 'answered', text: hours, products: [], order: null, quickReplies: [] };
  return findProductReply(question.standalone, route, say, tools, signal, facts);
}

/**
 * Products that are what is asked for rather than anything the documents say: nearer by their sense, or by name
 * where a price, stock or a time is asked. Null when the documents are to answer. @throws cancelled, storage_*
 */
export async function findWanted(
  question: Pick<Question, 'standalone' | 'parts' | 'asks'>,
  { intent, vector, nearest, say }: Sensed & { nearest: number },
  tools: LiveTools,
  signal: AbortSignal,
): Promise<LiveReply | null> {
  // Of two questions at once the sources would answer one and leave the other.
  if (vector === null || question.parts.length > 1) return null;
  const route = routeFor(intent, tools);
  const sure = intent !== null && intent.confidence >= ROUTING.sure;
  const asked = sure ? route.productLeadSure : route.productLead;
  // Who asks nothing describes a thing, or a trouble that a thing ends.
  const lead = question.asks ? asked : Math.max(route.productLeadSure, ROUTING.statementLead);
  return wantedProducts(question.standalone, { vector, nearest, lead, speak: say }, tools, signal);
}

/** What the intent head and the embedder made of the question. */
interface Sensed {
  intent: IntentReading | null;
  vector: Float32Array | null;
  /** The product's own words, in the asker's language. */
  say: Say;
}

/** What the shop has that comes near, where the documents have no answer; null for questions of another kind. */
export async function findOffer(
  question: Pick<Question, 'standalone' | 'asks'>,
  { intent, vector, say }: Sensed,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<LiveReply | null> {
  return offerProducts(question, vector, routeFor(intent, tools), say, tools, signal);
}

function routeFor(intent: IntentReading | null, tools: LiveTools): Route {
  return tools.routeOf(intent && intent.confidence >= ROUTING.live ? intent.intent : null);
}
