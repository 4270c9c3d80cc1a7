import { explainedShare, namedShare } from './explained-share.ts';
import type { Family, LiveTools } from './live-types.ts';
import { stemsOf } from '../../text/content-words.ts';

const COMPARED = {
  /** Products that one question compares at most. */
  products: 3,
  /** Products looked at for each. */
  looked: 4,
  /** Least share of a side's own words that its product explains, 0…1. */
  explained: 0.6,
  /** Least share of the product's name that the side says, 0…1. */
  named: 0.4,
} as const;

/** What stands between two things that are compared, in a question of single spaces. */
const BETWEEN = / ?[,?]? (?:or|vs\.?|versus|compared? (?:to|with)|against|rather than|than) | \/ /iu;
/** With these "and" joins them too: "the difference between A and B". */
const COMPARES = /\b(?:compar\w*|differ\w*|better|versus|vs|choose|decide|which (?:one )?is)\b/iu;
const AND = / and /iu;
/** Said of the comparison, not of a thing. */
const FRAME =
  /\b(?:what(?:'s| is| are)? the differences?(?: between)?|differ(?:s|ences?|ent)?|compar\w*|better|cheaper|dearer|lighter|heavier|stronger|larger|bigger|smaller|choose|decide|between|which|should|recommend)\b/giu;

/** The products that a question sets against one another, in its order; null when it does not, or one is not known. */
export async function findCompared(
  question: string,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<Family[] | null> {
  const sides = sidesOf(question);
  if (sides.length < 2 || sides.length > COMPARED.products) return null;
  const found: Family[] = [];
  for (const side of sides) {
    const one = await findSide(side, tools, signal);
    if (one === null) return null;
    found.push(one);
  }
  const families = new Set(found.map(({ products }) => products[0]?.family));
  return families.size === found.length ? found : null;
}

function sidesOf(asked: string): string[] {
  const question = asked.replace(/\s+/gu, ' ');
  const split = question.split(BETWEEN);
  const sides = split.length > 1 || !COMPARES.test(question) ? split : question.split(AND);
  return sides.map((side) => side.replace(FRAME, ' ').trim());
}

async function findSide(side: string, tools: LiveTools, signal: AbortSignal): Promise<Family | null> {
  const { query, hits } = await tools.products.search(side, { signal, limit: COMPARED.looked, whole: true });
  const [first] = hits;
  if (first === undefined || query.code !== undefined) return first ?? null;
  const said = stemsOf(side);
  const [best] = hits
    .map((hit) => ({
      hit,
      named: namedShare(said, hit.products[0]?.name ?? ''),
      explained: explainedShare(side, hit.products),
    }))
    .filter(({ named, explained }) => named >= COMPARED.named && explained >= COMPARED.explained)
    .sort((left, right) => right.explained - left.explained || right.named - left.named);
  return best?.hit ?? null;
}
