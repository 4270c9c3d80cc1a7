import { loadRoutes } from '../answer/live/load-routes.ts';
import type { LiveTools } from '../answer/live/live-types.ts';
import { createProductFinder } from '../catalogue/find-products.ts';
import { createProductSense } from '../catalogue/product-sense.ts';
import type { Guard } from '../guard/guard.ts';
import type { ModelHost } from '../inference/contracts.ts';
import type { Shop } from '../shop/shop.ts';
import { createLiveFacts, factKeyOf, type LiveFacts } from '../sources/live-facts.ts';
import { loadSources } from '../sources/load-sources.ts';
import { createOrderGate, type OrderGate } from '../sources/order-gate.ts';
import { readSecrets } from '../sources/read-secrets.ts';
import type { LiveSource } from '../sources/source-contracts.ts';
import type { OrderStore } from '../stores/catalogue-contracts.ts';
import type { SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteProofAttempts } from '../stores/sqlite/proof-attempts-store.ts';
import type { Opening } from './opening.ts';
import type { Stores } from './open-stores.ts';

export interface LiveParts {
  database: SqliteDatabase;
  stores: Stores;
  models: ModelHost;
  shop: Shop;
  guard: Guard;
}

/** Products, live facts, orders and opening hours: what is answered from beside the documents. */
export async function openLive(
  { config, folder, log, now, onClose }: Opening,
  { database, stores: { catalogue, orders }, models, shop, guard }: LiveParts,
): Promise<LiveTools> {
  const sources = await loadSources(folder, { catalogue, orders, secrets: await readSecrets(folder) });
  const facts = createLiveFacts(sources, {
    budgetMs: config.live_facts_ms,
    onTried: ({ request, source, result, took }) => {
      if (result.outcome !== 'failed') return;
      const could = `${source} could not tell the ${request.kind} (${Math.round(took)} ms)`;
      log('warn', `${could}: ${result.reason}`);
    },
  });
  onClose(() => facts.close());
  const products = createProductFinder(catalogue);
  const sense = createProductSense(catalogue, models.embedder, log);
  const routes = await loadRoutes(folder);
  return {
    guard,
    products,
    sense,
    facts,
    orders: gateOf(facts, database),
    hours: (question, at, say) => shop.sayHours(question, at, say),
    orderPrefix: () => prefixOf(orders, sources),
    version: async () =>
      JSON.stringify([
        (await catalogue.counts()).version,
        products.version(),
        sense.version(),
        routes.version,
      ]),
    routeOf: routes.routeOf,
    timeZone: () => shop.timeZone(),
    now,
  };
}

function gateOf(facts: LiveFacts, database: SqliteDatabase): OrderGate {
  return createOrderGate({
    attempts: createSqliteProofAttempts(database),
    readOrder: async (number, signal) => {
      const request = { kind: 'order', key: number } as const;
      const read = await facts.read([request], { signal });
      return read.get(factKeyOf(request)) ?? { outcome: 'unknown' };
    },
  });
}

/** See `LiveTools.orderPrefix`. */
async function prefixOf(orders: OrderStore, sources: readonly LiveSource[]): Promise<string | null> {
  const [first] = await orders.listOrders({ limit: 1 });
  if (first) return /^\p{L}*/u.exec(first.number)?.[0] ?? '';
  const elsewhere = sources.some(({ name, kinds }) => name !== 'catalogue' && kinds.includes('order'));
  return elsewhere ? '' : null;
}

/** Brings what is derived from the catalogue to what it holds. */
export async function refreshProducts(live: LiveTools, signal?: AbortSignal): Promise<void> {
  await live.products.refresh(signal);
  await live.sense.refresh(signal);
}
