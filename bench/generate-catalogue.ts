import type { Product } from '../src/stores/catalogue-contracts.ts';
import { seededRandom } from '../src/testing/synthetic-knowledge.ts';

/** One way to ask, with what must come first. */
export interface ProductQuestion {
  kind: string;
  text: string;
  /** A family that must be among the hits; null where many are right. */
  family: string | null;
}

const KINDS =
  `boots shoes sandals jacket parka trousers shorts shirt sweater socks gloves hat scarf backpack tent
  tarp lantern stove kettle mug bottle knife rope harness helmet poles mat blanket hammock cooler chair table
  torch compass watch bag wallet belt sunglasses towel`.split(/\s+/);
const TRAITS =
  `light heavy waterproof warm soft classic vintage modern alpine urban coastal forest desert winter
  summer night day quick long short wide slim folding padded quilted woven knitted brushed`.split(/\s+/);
const COLOURS = 'black white red blue green moss forest sand navy grey brown yellow orange'.split(' ');
const SIZES = ['36', '37', '38', '39', '40', '41', '42', '43', '44', '45', '46', 'S', 'M', 'L', 'XL'];
const MATERIALS = 'leather cotton wool polyester nylon steel wood cork canvas down'.split(' ');
const SYLLABLES =
  'al ber co dra el fen gor hal is jun ka lo mar nor os pel qui ros sil tor ul ven wil yar zen'.split(' ');
/** Sentences of a shop: common words that are in thousands of descriptions. */
const SENTENCES = [
  'Made for wet paths and long days outside.',
  'Keeps its shape after many washes and dries fast.',
  'The sole grips on rock, roots and snow.',
  'Folds small and fits into every rucksack.',
  'With a lifetime guarantee and spare parts for ten years.',
  'Sewn by hand in a small workshop near the sea.',
];
/** Variants of a family, so many on average. */
const VARIANTS = 6;

/** Products whose words are spread as in a shop: few kinds and traits in all of them, a model name in one or two. */
export function generateCatalogue(
  rows: number,
  seed = 7,
): { products: Product[]; questions: (count: number) => ProductQuestion[] } {
  const random = seededRandom(seed);
  const pick = <Value>(list: readonly Value[]): Value => list[Math.floor(random() * list.length)]!;
  const invented = (syllables: number): string => {
    const word = Array.from({ length: syllables }, () => pick(SYLLABLES)).join('');
    return word[0]!.toUpperCase() + word.slice(1);
  };
  const brands = Array.from({ length: 120 }, () => invented(2));
  const products: Product[] = [];
  for (let family = 0; products.length < rows; family++) {
    const kind = pick(KINDS);
    const name = `${invented(3)} ${pick(TRAITS)} ${kind}`;
    const code = `${kind.slice(0, 2).toUpperCase()}-${10_000 + family}`;
    const base = { name, category: kind, brand: pick(brands), material: pick(MATERIALS) };
    const description = `${pick(SENTENCES)} ${pick(SENTENCES)} ${invented(4)}.`;
    const cents = 500 + Math.floor(random() * random() * 60_000);
    for (let variant = 0; variant < 1 + random() * 2 * (VARIANTS - 1) && products.length < rows; variant++) {
      products.push({
        code: `${code}-${variant + 1}`,
        name: base.name,
        family: code,
        category: base.category,
        brand: base.brand,
        description,
        url: `https://shop.example/${code}`,
        attributes: { size: pick(SIZES), colour: pick(COLOURS), material: base.material },
        price:
          random() < 0.02 ? null : { minor: cents, currency: random() < 0.9 ? 'EUR' : pick(['USD', 'CHF']) },
        stock: Math.max(0, Math.floor(random() * 40) - 8),
        deliveryDays: 1 + Math.floor(random() * 5),
      });
    }
  }
  return { products, questions: (count) => questionsOn(products, count, pick, random) };
}

function questionsOn(
  products: readonly Product[],
  count: number,
  pick: <Value>(list: readonly Value[]) => Value,
  random: () => number,
): ProductQuestion[] {
  const mistyped = (word: string): string => {
    const place = 2 + Math.floor(random() * (word.length - 3));
    return word.slice(0, place) + word.slice(place + 1);
  };
  const ways: ((
    product: Product,
    words: string[],
  ) => Omit<ProductQuestion, 'family'> & { exact: boolean })[] = [
    ({ code }) => ({ kind: 'code', text: `What does ${code.toLowerCase()} cost?`, exact: true }),
    (_, [model]) => ({ kind: 'name', text: `Do you have the ${model}?`, exact: true }),
    ({ name }) => ({ kind: 'whole name', text: `How much is the ${name}?`, exact: true }),
    ({ brand }, [model, , kind]) => ({
      kind: 'name with brand',
      text: `${brand} ${model} ${kind}`,
      exact: true,
    }),
    (_, [model = '']) => ({ kind: 'typing error', text: `is the ${mistyped(model)} in stock`, exact: true }),
    (_, [, trait, kind]) => ({
      kind: 'common words',
      text: `Which ${trait} ${kind} do you sell?`,
      exact: false,
    }),
    (_, [, , kind]) => ({ kind: 'word and filters', text: `${kind} under 60 euro in size 42`, exact: false }),
    (_, [, , kind]) => ({
      kind: 'rare filters',
      text: `red ${kind} between 20 and 25 euro in XL in stock`,
      exact: false,
    }),
    () => ({ kind: 'filters alone', text: 'What do you have under 10 euro?', exact: false }),
    () => ({ kind: 'cheapest', text: 'What is your cheapest waterproof jacket?', exact: false }),
    () => ({
      kind: 'long',
      text: 'Keeps its shape after many washes, dries fast, grips on rock and snow, fits into every rucksack',
      exact: false,
    }),
    () => ({ kind: 'unknown', text: 'Do you sell kayaks, paddles and surfboards?', exact: false }),
  ];
  return Array.from({ length: count }, (_, index) => {
    const product = pick(products);
    const { exact, ...question } = ways[index % ways.length]!(product, product.name.split(' '));
    return { ...question, family: exact ? product.family : null };
  });
}
