import type { StoredProduct } from '../../stores/catalogue-contracts.ts';
import type { CustomerFact } from '../../stores/memory-contracts.ts';
import { chooseVariants, type Variants } from './choose-variants.ts';
import { wordsOf } from './same-words.ts';

/** Words that say which attribute a fact is about; all others say of what kind of thing ("shoe size"). */
const ATTRIBUTES = new Set(['size', 'colour', 'color', 'favourite', 'favorite', 'usual']);

/**
 * The variants that fit what the customer agreed to have remembered ("shoe size 42"), for a question that names
 * none; null when nothing remembered is about such a product.
 */
export function rememberedVariants(
  facts: readonly CustomerFact[],
  products: readonly StoredProduct[],
): (Variants & { said: string }) | null {
  for (const { name, value } of facts) {
    const words = wordsOf(name);
    const kinds = words.filter((word) => !ATTRIBUTES.has(word));
    const about = products.map((product) => `${product.category} ${product.name}`.toLowerCase()).join(' ');
    if (kinds.length === words.length || !kinds.every((kind) => about.includes(kind))) continue;
    const variants = chooseVariants(value, products);
    if (variants.named.size > 0) return { ...variants, said: `${name} ${value}` };
  }
  return null;
}
