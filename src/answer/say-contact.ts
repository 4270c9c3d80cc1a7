import type { Say } from '../messages/say.ts';
import type { ShopContact } from './path-types.ts';
import { listFormat } from '../text/intl-formats.ts';

/** How to reach a person of the shop, in the customer's language. */
export function sayContact({ name, email, phone }: ShopContact, say: Say): string {
  const ways = [email && say('wayWrite', { email }), phone && say('wayCall', { phone })].filter(
    (way): way is string => way !== null && way !== '',
  );
  if (ways.length === 0) return say('handedOffPlain', { shop: name });
  const list = listFormat(say.tag, { type: 'disjunction' }).format(ways);
  return say('handedOff', { shop: name, ways: list });
}
