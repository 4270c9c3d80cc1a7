import type { ProductQuery } from '../../catalogue/finder-types.ts';
import type { CustomerFact } from '../../stores/memory-contracts.ts';
import { stemsOf } from '../../text/content-words.ts';
import { askedFacts, type ProductFact } from './asked-facts.ts';
import { explainedShare, namedShare } from './explained-share.ts';
import { findCompared } from './find-compared.ts';
import type { Say } from '../../messages/say.ts';
import type { Family, LiveReply, LiveTools } from './live-types.ts';
import type { Route } from './routes.ts';
import { SAID, sayFamilies as say } from './say-families.ts';
import { byPrice, extremesOf, findNear, selectsByPrice } from './select-by-price.ts';

const PRODUCTS = {
  /** Products looked at closely; 3…20. */
  looked: 8,
  /** Least share of the question's own words that an offered product explains, 0…1. */
  offeredWords: 0.6,
  /** Least share of a product's name that a question for its price, stock or delivery says, 0…1. */
  namedShare: 0.5,
  /** How much nearer the documents may be to such a question (cosine similarity). */
  namedLead: 0.1,
  /** Least cosine similarity of products offered where the intent says nothing of products. */
  offeredSense: 0.38,
  /** Products offered to choose from, where more match than are named. */
  choices: 6,
} as const;

/** Asks what to do with a thing, or why: the documents say that. */
const HOW_TO = /^\W*(?:how (?:do|can|could|should|would|to|often)|why|what (?:happens|if))\b/i;

/** Asks what something beside the goods costs or lasts, in which a product may be named: the documents say that. */
const SERVICE = new RegExp(
  [
    '\\bhow (?:much|long|many)\\b.{0,12}\\b(?:delivery|shipping|postage|sending|returns?|returning|refunds?|repairs?|sharpening|servicing|installation|fitting|assembly)\\b',
    // "What does a repair of a tent zip cost?", "how much to rent a tent": work and hire, not a repair kit.
    '\\b(?:repairs?|repairing|mend(?:ing)?|rent(?:ing|al)?|hir(?:e|ing)|resoling|resole)\\b(?! (?:kits?|sets?|tape|patch\\w*|tools?)\\b).{0,60}\\b(?:costs?|price|charged?|fees?|euros?)\\b',
    '\\b(?:costs?|price|charged?|fees?|how much)\\b.{0,30}\\b(?:repairing|to repair|(?:a|the) repair|to mend|mending|to rent|renting|to hire|hiring|to resole|resoling)\\b(?! (?:kits?|sets?|tape|patch\\w*|tools?)\\b)',
    '\\b(?:guaranteed?|warranty|insured)\\b|\\bcovered\\b(?= (?:by|under|for|if|when)\\b|\\W*$)',
  ].join('|'),
  'i',
);

interface Match {
  hit: Family;
  /** Share of the question's own words that it explains, 0…1. */
  share: number;
}

/** The reply to a question about products, or null when the question is about something else. @throws cancelled */
export async function findProductReply(
  question: string,
  route: Route,
  speak: Say,
  tools: LiveTools,
  signal: AbortSignal,
  /** What the customer agreed to have remembered. */
  remembered: readonly CustomerFact[] = [],
): Promise<LiveReply | null> {
  const { query, hits } = await tools.products.search(question, {
    signal,
    limit: PRODUCTS.looked,
    whole: true,
  });
  const facts = askedFacts(question);
  const compared = await findCompared(question, tools, signal);
  if (compared !== null)
    return say(question, compared, facts, speak, tools, signal, { remembered, described: true });
  if (query.code !== undefined && hits.length > 0)
    return say(question, hits, facts, speak, tools, signal, { remembered });
  if (HOW_TO.test(question) || SERVICE.test(question)) return null;
  const selects = selectsByPrice(query);
  const matches = hits
    .filter(({ meetsFilters }) => meetsFilters || !selects)
    .map((hit): Match => ({ hit, share: explainedShare(query.rest, hit.products) }))
    .sort((left, right) => right.share - left.share || right.hit.score - left.hit.score);
  const [best] = matches;
  if (best && best.share >= route.productWords) {
    const same = matches.filter(({ share }) => share === best.share).map(({ hit }) => hit);
    if (selects) return saySelected(question, query, same, facts, speak, tools, signal);
    const named = facts.length === 0 ? same : namedFirst(question, same);
    return (
      askWhich(named, facts, speak, tools) ??
      say(question, named, facts, speak, tools, signal, { remembered })
    );
  }
  return null;
}

/** The cheapest or dearest one of each currency, or all that fit, the cheapest first. */
async function saySelected(
  question: string,
  { order }: ProductQuery,
  same: readonly Family[],
  facts: readonly ProductFact[],
  speak: Say,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<LiveReply> {
  const kinds = facts.includes('price') || facts.length === 0 ? facts : [...facts, 'price' as const];
  const sign = order === 'dearest' ? -1 : 1;
  const priced = byPrice(namedFirst(question, same, order === undefined ? PRODUCTS.choices : 0), sign);
  if (order === undefined)
    return say(question, priced, kinds, speak, tools, signal, { most: PRODUCTS.choices });
  const extremes = extremesOf(priced, sign);
  return say(question, extremes.length > 0 ? extremes : priced.slice(0, 1), kinds, speak, tools, signal);
}

/** Of more products than one answer can name, those that the question names and does not merely describe. */
function namedFirst(
  question: string,
  same: readonly Family[],
  most: number = SAID.products,
): readonly Family[] {
  if (same.length <= most) return same;
  const asked = stemsOf(question);
  const named = same.filter(({ products }) =>
    [...stemsOf(products[0]?.name ?? '')].some((stem) => asked.has(stem)),
  );
  return named.length > 0 ? named : same;
}

/**
 * More products than one answer can name match equally and a price, stock or a time is asked for: then the customer
 * chooses. Null when all can be told at once, or when nothing particular is asked.
 */
function askWhich(
  same: readonly Family[],
  facts: readonly ProductFact[],
  speak: Say,
  { guard }: LiveTools,
): LiveReply | null {
  const named = same.flatMap(({ products }) => products[0] ?? []);
  const names = [...new Set(named.map(({ name, code }) => guard.labelOf(name) || code))];
  if (facts.length === 0 || names.length <= SAID.products) return null;
  return {
    outcome: 'clarify',
    text: speak('product.which'),
    products: [],
    order: null,
    quickReplies: names.slice(0, PRODUCTS.choices),
  };
}

/**
 * What the shop has that comes near, offered with a caveat where the documents have no answer: by most of the
 * words when a price, stock or a time is asked for, else by sense where the route allows it. Null when nothing
 * is near. @throws cancelled, storage_*
 */
export async function offerProducts(
  { standalone: question, asks }: { standalone: string; asks: boolean },
  vector: Float32Array | null,
  route: Route,
  speak: Say,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<LiveReply | null> {
  if (SERVICE.test(question)) return null;
  const facts = askedFacts(question);
  const loose = { ...route, productWords: PRODUCTS.offeredWords };
  const byWords = facts.length === 0 ? null : await findProductReply(question, loose, speak, tools, signal);
  if (byWords) return { ...byWords, outcome: 'answered_with_caveat', quickReplies: [speak('talkToPerson')] };
  const named = facts.length === 0 ? null : await findNamed(question, tools, signal);
  if (named !== null)
    return {
      ...(await say(question, [named], facts, speak, tools, signal)),
      outcome: 'answered_with_caveat',
      quickReplies: [speak('talkToPerson')],
    };
  if (vector === null) return null;
  const near = await findNear(question, vector, tools, signal);
  const [best] = near;
  // A thing described, or to be bought, may be one of the shop's whatever the intent.
  const thing = !asks || facts.length > 0;
  if (!best || !(route.productSense || (thing && best.score >= PRODUCTS.offeredSense))) return null;
  const reply = await say(question, near, facts, speak, tools, signal);
  return {
    ...reply,
    outcome: 'answered_with_caveat',
    text: `${speak('product.mayFit')}\n${reply.text}`,
    quickReplies: [speak('talkToPerson')],
  };
}

/**
 * Products that lie nearer to the question than any passage, or not much farther. Null when none does.
 * @param nearest cosine similarity of the best passage; @param lead see Route
 * @throws cancelled, storage_*
 */
export async function wantedProducts(
  question: string,
  { vector, nearest, lead, speak }: { vector: Float32Array; nearest: number; lead: number; speak: Say },
  tools: LiveTools,
  signal: AbortSignal,
): Promise<LiveReply | null> {
  if (HOW_TO.test(question) || SERVICE.test(question)) return null;
  const near = await findNear(question, vector, tools, signal);
  const behind = nearest - Math.max(-1, ...near.map(({ score }) => score));
  const facts = askedFacts(question);
  const named =
    facts.length === 0 || behind > PRODUCTS.namedLead ? null : await findNamed(question, tools, signal);
  if (named === null && (behind > lead || near.length === 0)) return null;
  const reply = await say(question, named === null ? near : [named], facts, speak, tools, signal);
  return {
    ...reply,
    outcome: 'answered_with_caveat',
    text: named === null ? `${speak('product.mayFit')}\n${reply.text}` : reply.text,
    quickReplies: [speak('talkToPerson')],
  };
}

/** The product of whose name the question says the most, when that is enough. */
async function findNamed(question: string, tools: LiveTools, signal: AbortSignal): Promise<Family | null> {
  const { hits } = await tools.products.search(question, { signal, limit: PRODUCTS.looked, whole: true });
  const said = stemsOf(question);
  const named = hits
    .map((hit) => ({ hit, share: namedShare(said, hit.products[0]?.name ?? '') }))
    .sort((left, right) => right.share - left.share || right.hit.score - left.hit.score);
  const [best, second] = named;
  if (!best || best.share === (second?.share ?? 0)) return null;
  const most = best.share >= PRODUCTS.namedShare;
  // Of half a name the rest of the question must be the product's as well: "a new cord for the Lanner poles".
  const clear =
    best.share === 1 || (most && explainedShare(question, best.hit.products) >= PRODUCTS.offeredWords);
  return clear ? best.hit : null;
}
