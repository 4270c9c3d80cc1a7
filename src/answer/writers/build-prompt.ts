import { neutraliseText } from '../../guard/neutralise-text.ts';
import type { GeneratorPrompt } from '../../inference/contracts.ts';
import type { ContextPassage, ShopFacts } from '../path-types.ts';
import { fillPlaces, type PromptTemplate } from './prompt-template.ts';

/** A template with this question's values; retrieved text and the question are data, their marks taken out. */
export function buildPrompt(
  template: PromptTemplate,
  question: string,
  context: readonly Pick<ContextPassage, 'index' | 'text'>[],
  shop: ShopFacts,
): GeneratorPrompt {
  const passages = context
    .map(({ index, text }) =>
      fillPlaces(template.passage, { number: String(index), passage: neutraliseText(text) }),
    )
    .join(template.betweenPassages);
  const values = {
    shop: shop.name,
    email: shop.email ?? '',
    phone: shop.phone ?? '',
    url: shop.url ?? '',
    hours: shop.hours,
    profile: shop.text,
    refusal: template.refusal,
  };
  return {
    chat: template.chat,
    system: fillPlaces(template.system, values),
    user: fillPlaces(template.user, { ...values, passages, question: neutraliseText(question) }),
  };
}
