import { factKeyOf } from '../../sources/live-facts.ts';
import type { StoredProduct } from '../../stores/catalogue-contracts.ts';
import type { CustomerFact } from '../../stores/memory-contracts.ts';
import { askedFacts, type ProductFact } from './asked-facts.ts';
import { chooseVariants } from './choose-variants.ts';
import { explainedShare } from './explained-share.ts';
import { LIVE_TEXTS } from './live-texts.ts';
import type { LiveReply, LiveTools } from './live-types.ts';
import { rememberedVariants } from './remembered-variant.ts';
import type { Route } from './routes.ts';
import { answerProduct, nameOf, sayProduct, type FactReader, type ProductReading } from './say-products.ts';

const PRODUCTS = {
  /** Products looked at closely; 3…20. */
  looked: 8,
  /** Least share of the question's own words that an offered product explains, 0…1. */
  offeredWords: 0.6,
  /** Products named in one answer. */
  named: 3,
  /** Variants whose facts are read for one product; each is one question to a live source. */
  variants: 24,
} as const;
const EVERY_FACT: readonly ProductFact[] = ['price', 'stock', 'delivery'];

/** Asks what to do with a thing, or why: the documents say that. */
const HOW_TO = /^\W*(?:how (?:do|can|could|should|would|to|often)|why|what (?:happens|if))\b/i;

interface Family {
  products: readonly StoredProduct[];
  score: number;
}

interface Match {
  hit: Family;
  /** Share of the question's own words that it explains, 0…1. */
  share: number;
}

/** The reply to a question about products, or null when the question is about something else. @throws cancelled */
export async function findProductReply(
  question: string,
  route: Route,
  tools: LiveTools,
  signal: AbortSignal,
  /** What the customer agreed to have remembered. */
  remembered: readonly CustomerFact[] = [],
): Promise<LiveReply | null> {
  const { query, hits } = await tools.products.search(question, { signal, limit: PRODUCTS.looked });
  const facts = askedFacts(question);
  if (query.code !== undefined && hits.length > 0)
    return say(question, hits, facts, tools, signal, remembered);
  if (HOW_TO.test(question)) return null;
  const matches = hits
    .map((hit): Match => ({ hit, share: explainedShare(question, hit.products) }))
    .sort((left, right) => right.share - left.share || right.hit.score - left.hit.score);
  const [best] = matches;
  if (best && best.share >= route.productWords) {
    const same = matches.filter(({ share }) => share === best.share).map(({ hit }) => hit);
    return say(question, same, facts, tools, signal, remembered);
  }
  return null;
}

/**
 * What the shop has that comes near, offered with a caveat where the documents have no answer: by most of the
 * words when a price, stock or a time is asked for, else by sense where the route allows it. Null when nothing
 * is near. @throws cancelled, storage_*
 */
export async function offerProducts(
  question: string,
  vector: Float32Array | null,
  route: Route,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<LiveReply | null> {
  const facts = askedFacts(question);
  const loose = { ...route, productWords: PRODUCTS.offeredWords };
  const byWords = facts.length === 0 ? null : await findProductReply(question, loose, tools, signal);
  if (byWords)
    return { ...byWords, outcome: 'answered_with_caveat', quickReplies: [LIVE_TEXTS.talkToPerson] };
  if (!route.productSense || vector === null) return null;
  const near = await tools.sense.find(vector, { signal });
  if (near.length === 0) return null;
  const reply = await say(question, near, facts, tools, signal);
  return {
    ...reply,
    outcome: 'answered_with_caveat',
    text: `${LIVE_TEXTS.mayFit}\n${reply.text}`,
    quickReplies: [LIVE_TEXTS.talkToPerson],
  };
}

/** One product in full, or several with what is asked of each. */
async function say(
  question: string,
  hits: readonly Family[],
  facts: readonly ProductFact[],
  tools: LiveTools,
  signal: AbortSignal,
  remembered: readonly CustomerFact[] = [],
): Promise<LiveReply> {
  const recalled = new Set<string>();
  const shown = hits.slice(0, PRODUCTS.named).map(({ products }) => {
    const asked = chooseVariants(question, products);
    const own = asked.named.size > 0 ? null : rememberedVariants(remembered, products);
    if (own) recalled.add(own.said);
    const { chosen, named } = own ?? asked;
    return {
      variants: chosen.slice(0, PRODUCTS.variants),
      particular: named.size > 0 || chosen.length < products.length,
    };
  });
  const factOf = await readFacts(
    shown.flatMap(({ variants }) => variants),
    tools,
    signal,
  );
  const readings = shown.map((one): ProductReading => ({ ...one, factOf }));
  const [first] = readings;
  const texts =
    readings.length === 1 && first
      ? [
          ...(facts.length === 0 ? [describe(first)] : []),
          sayProduct(first, kindsOf(facts), tools.now(), tools.timeZone()),
        ]
      : readings.map((reading) => sayProduct(reading, kindsOf(facts), tools.now(), tools.timeZone()));
  for (const said of recalled) texts.push(LIVE_TEXTS.asRemembered(said));
  return {
    outcome: 'answered',
    text: texts.join(readings.length > 1 ? '\n' : ' '),
    products: readings.flatMap(({ variants }) => variants.map((product) => answerProduct(product, factOf))),
    order: null,
    quickReplies: [],
  };
}

/** Who asks for nothing particular hears the price and whether there is any. */
function kindsOf(facts: readonly ProductFact[]): readonly ProductFact[] {
  return facts.length === 0 ? ['price', 'stock'] : facts;
}

function describe(reading: ProductReading): string {
  const description = reading.variants[0]?.description ?? '';
  return description === '' ? `${nameOf(reading)}.` : `${nameOf(reading)}: ${description}`;
}

async function readFacts(
  products: readonly StoredProduct[],
  tools: LiveTools,
  signal: AbortSignal,
): Promise<FactReader> {
  const requests = products.flatMap(({ code }) => EVERY_FACT.map((kind) => ({ kind, key: code })));
  const results = await tools.facts.read(requests, { signal });
  return (kind, code) => results.get(factKeyOf({ kind, key: code })) ?? { outcome: 'unknown' };
}
