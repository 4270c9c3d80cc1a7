import { reasonOf, throwIfCancelled } from '../errors.ts';
import type { CatalogueStore, OrderStore, StoredOrder } from '../stores/catalogue-contracts.ts';
import type { FactKind, FactRequest, FactResult, LiveSource, OrderFact } from './source-contracts.ts';

export interface EmbeddedSourceOptions {
  name: string;
  kinds: readonly FactKind[];
  catalogue: CatalogueStore;
  orders: OrderStore;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** What the shop imported into Answerbox itself: the source that is always there. */
export function createEmbeddedSource(options: EmbeddedSourceOptions): LiveSource {
  const { name, kinds, now = Date.now } = options;
  return {
    name,
    kinds,
    read: async (request, { signal }) => {
      throwIfCancelled(signal);
      try {
        return await readStored(request, options, new Date(now()).toISOString());
      } catch (error) {
        throwIfCancelled(signal);
        return { outcome: 'failed', reason: reasonOf(error) };
      }
    },
    // The stores belong to who opened them.
    close: async () => undefined,
  };
}

async function readStored(
  request: FactRequest,
  { name, catalogue, orders }: EmbeddedSourceOptions,
  readAt: string,
): Promise<FactResult> {
  const base = { key: request.key, source: name, readAt };
  if (request.kind === 'order') {
    const order = await orders.getOrder(request.key);
    if (order === null) return { outcome: 'unknown' };
    return { outcome: 'found', fact: { ...base, kind: 'order', order: withoutUpdate(order) } };
  }
  const product = await catalogue.getProduct(request.key);
  if (product === null) return { outcome: 'unknown' };
  const { price, stock, deliveryDays: days } = product;
  if (request.kind === 'price' && price !== null)
    return { outcome: 'found', fact: { ...base, kind: 'price', price } };
  if (request.kind === 'stock' && stock !== null)
    return { outcome: 'found', fact: { ...base, kind: 'stock', stock } };
  if (request.kind === 'delivery' && days !== null)
    return { outcome: 'found', fact: { ...base, kind: 'delivery', days } };
  return { outcome: 'unknown' };
}

function withoutUpdate({ updatedAt: _, ...order }: StoredOrder): OrderFact {
  return order;
}
