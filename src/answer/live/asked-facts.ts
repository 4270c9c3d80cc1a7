import type { FactKind } from '../../sources/source-contracts.ts';

export type ProductFact = Exclude<FactKind, 'order'>;

const PRICE =
  /\b(?:prices?|pric(?:e|ed|ing)|costs?|how mut?ch|expensive|cheap|set me back|what do you (?:want|charge|ask)|(?:euros?|eur|dollars|pounds))\b|[€$£]/i;
const STOCK =
  /\b(?:in stock|out of stock|stock|avail\w*|sold out|(?:still )?(?:have|got|any)\b.{0,40}\bleft|(?:do you|have you|you)(?: still)? (?:have|got|carry)|still (?:have|got)|can i (?:still )?(?:buy|get|order|have)|got any|have you got|is there|are there)\b/i;
const DELIVERY =
  /\b(?:how (?:long|soon|fast|quickly|many (?:working )?days)|when (?:can|could|will|would|does|do)|delivery time|lead time|wait(?:ing)?|leaves? (?:your|the) warehouse|dispatch\w*|ready to ship)\b/i;

/** What a question wants to know of a product, by its words; nothing when it only names or describes one. */
export function askedFacts(question: string): ProductFact[] {
  const facts: ProductFact[] = [];
  if (DELIVERY.test(question)) facts.push('delivery');
  if (PRICE.test(question)) facts.push('price');
  if (STOCK.test(question)) facts.push('stock');
  return facts;
}
