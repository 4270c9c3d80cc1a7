import type { Guard } from '../../guard/guard.ts';
import type { OrderFact } from '../../sources/source-contracts.ts';
import type { StoredProduct } from '../../stores/catalogue-contracts.ts';
import { splitPassage } from '../../text/split-passage.ts';

/** A product as it may be shown: names and texts come from imports, where anybody may have written. */
export function safeProduct(product: StoredProduct, guard: Guard): StoredProduct {
  const { name, code, brand, category, description, attributes, url } = product;
  return {
    ...product,
    name: guard.labelOf(name) || code,
    brand: guard.labelOf(brand),
    category: guard.labelOf(category),
    description: safeText(description, guard),
    url: url !== null && /^https?:\/\//i.test(url) && guard.labelOf(url) === url ? url : null,
    attributes: Object.fromEntries(
      Object.entries(attributes).filter(
        ([key, value]) => guard.labelOf(key) === key && guard.labelOf(value) === value,
      ),
    ),
  };
}

/** Names of articles and of the carrier without what speaks to the assistant. */
export function safeOrder(order: OrderFact, guard: Guard): OrderFact {
  return {
    ...order,
    items: order.items.map((item) => ({ ...item, name: guard.labelOf(item.name) || item.code })),
    carrier: order.carrier && (guard.labelOf(order.carrier) || null),
    tracking: order.tracking && (guard.labelOf(order.tracking) || null),
  };
}

function safeText(text: string, guard: Guard): string {
  const sentences = splitPassage(text);
  const withheld = guard.withheld({ text, sentences, source: 'catalogue' }, '');
  if (!withheld.includes(true)) return text;
  return sentences
    .filter((_, index) => withheld[index] !== true)
    .map(({ start, end }) => text.slice(start, end))
    .join(' ');
}
