import type { Question } from '../path-types.ts';
import { findOrder } from './find-order.ts';
import { findProductReply } from './find-product-reply.ts';
import type { Asker, LiveReply, LiveTools } from './live-types.ts';

/**
 * order → opening hours → products: the first that the question is about answers it, from live sources.
 * Null when none is: then the documents are asked.
 * @throws cancelled, storage_*
 */
export async function findLive(
  question: Pick<Question, 'text'>,
  { intent, vector }: { intent: string | null; vector: Float32Array | null },
  asker: Asker,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<LiveReply | null> {
  const route = tools.routeOf(intent);
  const order = await findOrder(question.text, route, asker, tools, signal);
  if (order) return order;
  const hours = tools.hours(question.text, tools.now());
  if (hours !== null)
    return { outcome: 'answered', text: hours, products: [], order: null, quickReplies: [] };
  return findProductReply(question.text, { intent, vector }, route, tools, signal);
}
