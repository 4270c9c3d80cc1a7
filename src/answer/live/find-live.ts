import type { Identity } from '../../sources/identity-token.ts';
import type { HistoryMessage } from '../../understand/standalone-question.ts';
import type { Question } from '../path-types.ts';
import { findOrder } from './find-order.ts';
import { findProductReply } from './find-product-reply.ts';
import type { Asker, LiveReply, LiveTools } from './live-types.ts';

/** Who asks, and what the customer said before, newest first. */
export function askerOf(
  { conversationId }: { conversationId: string },
  { identity, address }: { identity?: Identity; address?: string },
  history: readonly HistoryMessage[],
): Asker {
  const own = history.filter(({ role }) => role === 'customer').map(({ text }) => text);
  return { conversationId, identity: identity ?? null, address: address ?? null, before: own.reverse() };
}

/**
 * order → opening hours → products: the first that the question is about answers it, from live sources.
 * Null when none is: then the documents are asked.
 * @throws cancelled, storage_*
 */
export async function findLive(
  question: Pick<Question, 'text' | 'standalone'>,
  { intent, vector }: { intent: string | null; vector: Float32Array | null },
  asker: Asker,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<LiveReply | null> {
  const route = tools.routeOf(intent);
  const order = await findOrder(question.text, route, asker, tools, signal);
  if (order) return order;
  const hours = tools.hours(question.standalone, tools.now());
  if (hours !== null)
    return { outcome: 'answered', text: hours, products: [], order: null, quickReplies: [] };
  return findProductReply(question.standalone, { intent, vector }, route, tools, signal);
}
