import type { FactKind } from '../../sources/source-contracts.ts';

export type ProductFact = Exclude<FactKind, 'order'>;

const PRICE = new RegExp(
  [
    '\\b(?:prices?|pric(?:e|ed|ing)|costs?|expensive|cheap|cheapest|dearest|set (?:me|us) back|quid|rrp)\\b',
    // "how mutch", "hw much"
    '\\b(?:how|hw|hwo|ow) ?(?:mu(?:t?ch|hc)|mch)\\b(?! (?:longer|stock|time))',
    '\\b(?:what (?:do|would|will) (?:you|they|i|we) (?:want|charge|ask|(?:have to )?pay))\\b',
    '\\b(?:(?:do|would|will|must) (?:i|we) (?:have to )?pay|(?:going|go|goes|selling|sells?) for)\\b',
    "^\\W*what(?:'s| is| does| do| would| will)\\b.{2,60}\\b(?:be|come to|run(?: to)?)\\W*$",
    '\\b(?:euros?|eur|dollars|pounds|gbp|usd|chf|francs)\\b|[€$£]',
  ].join('|'),
  'i',
);
const STOCK = new RegExp(
  [
    '\\b(?:in stock|out of stock|stock|avail\\w*|sold out)\\b',
    '\\b(?:still )?(?:have|has|got|any|many|is|are)\\b.{0,40}\\bleft\\b',
    '\\b(?:do you|have you|you|ya)(?: (?:still|currently|now|also|actually))*(?: (?:have|got|carry|stock|do))\\b',
    '\\bstill (?:have|got|any)\\b',
    '\\bcan i (?:still )?(?:buy|get|order|have)\\b',
    '\\b(?:got (?:any|some)|have you got|is there|are there|any chance of)\\b',
    '\\bhow many (?!(?:working )?(?:days|weeks|hours|months))',
    // "is the border fork in?", "have they come in yet", "is it back"
    '^\\W*(?:is|are|has|have)\\b.{2,60}\\b(?:in|back|(?:come|back|arrived) in|arrived)(?: (?:yet|now|again|at the moment))?\\W*$',
  ].join('|'),
  'i',
);
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
