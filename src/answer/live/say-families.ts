import { factKeyOf } from '../../sources/live-facts.ts';
import type { StoredProduct } from '../../stores/catalogue-contracts.ts';
import type { CustomerFact } from '../../stores/memory-contracts.ts';
import type { ProductFact } from './asked-facts.ts';
import { chooseVariants } from './choose-variants.ts';
import type { Say } from '../../messages/say.ts';
import type { Family, LiveReply, LiveTools } from './live-types.ts';
import { rememberedVariants } from './remembered-variant.ts';
import { safeProduct } from './safe-facts.ts';
import { answerProduct, nameOf, sayProduct, type FactReader, type ProductReading } from './say-products.ts';
import { spreadVariants } from './spread-variants.ts';

export const SAID = {
  /** Products named in one answer. */
  products: 3,
  /** Variants whose facts are read for one product; each is one question to a live source. */
  variants: 24,
} as const;
const EVERY_FACT: readonly ProductFact[] = ['price', 'stock', 'delivery'];

interface SayOptions {
  /** What the customer agreed to have remembered. */
  remembered?: readonly CustomerFact[];
  /** Each with its description, and not the only one alone. */
  described?: boolean;
  /** Products named at most. */
  most?: number;
}

/** One product in full, or several with what is asked of each. */
export async function sayFamilies(
  question: string,
  hits: readonly Family[],
  facts: readonly ProductFact[],
  speak: Say,
  tools: LiveTools,
  signal: AbortSignal,
  { remembered = [], described = false, most = SAID.products }: SayOptions = {},
): Promise<LiveReply> {
  const recalled = new Set<string>();
  const shown = hits.slice(0, most).map(({ products }) => {
    const asked = chooseVariants(question, products);
    const own = asked.named.size > 0 ? null : rememberedVariants(remembered, products);
    if (own) recalled.add(own.said);
    const { chosen, named } = own ?? asked;
    const read = spreadVariants(chosen, SAID.variants);
    return {
      variants: read.map((product) => safeProduct(product, tools.guard)),
      left: chosen.length - read.length,
      particular: named.size > 0 || chosen.length < products.length,
    };
  });
  const factOf = await readFacts(
    shown.flatMap(({ variants }) => variants),
    tools,
    signal,
  );
  const readings = shown.map((one): ProductReading => ({ ...one, factOf, say: speak }));
  const [first] = readings;
  const texts =
    readings.length === 1 && first
      ? [
          ...(facts.length === 0 ? [describe(first)] : []),
          sayProduct(first, kindsOf(facts), tools.now(), tools.timeZone()),
        ]
      : readings.map((reading) => {
          const said = sayProduct(reading, kindsOf(facts), tools.now(), tools.timeZone());
          return described ? `${describe(reading)} ${said}` : said;
        });
  for (const said of recalled) texts.push(speak('product.asRemembered', { fact: said }));
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
