import { expect, it } from 'vitest';
import type { ProductQuery, ProductVocabulary } from './finder-types.ts';
import { readProductQuery } from './read-product-query.ts';

const SHOP: ProductVocabulary = {
  hasCode: (key) => ['ab10042', 'ab100', '4711', 'boot'].includes(key),
  hasSize: (size) => ['42', '42.5', 's', 'm', 'l', 'xl'].includes(size),
  hasColour: (word) => ['moss', 'red', 'green'].includes(word),
};

const read = (question: string): ProductQuery => readProductQuery(question, SHOP);

it.each<[string, ProductQuery['filters']['price']]>([
  ['boots under 100 euro', { most: 100, currency: 'EUR' }],
  ['boots below €99.90', { most: 99.9, currency: 'EUR' }],
  ['Schuhe unter 1.290,50 €', { most: 1290.5, currency: 'EUR' }],
  ['boots cheaper than 80.', { most: 80, currency: null }],
  ['at least $50', { least: 50, currency: 'USD' }],
  ['ab 50 Franken', { least: 50, currency: 'CHF' }],
  ['between 50 and 80', { least: 50, most: 80, currency: null }],
  ['zwischen 80 und 50 Euro', { least: 50, most: 80, currency: 'EUR' }],
  ['boots 50-80 euro', { least: 50, most: 80, currency: 'EUR' }],
  ['boots for around 50 £', { least: 40, most: 60, currency: 'GBP' }],
  ['a tent under 2 kg', undefined],
  ['a bottle under 150ml', undefined],
  ['delivery within 3 days', undefined],
  ['sizes 41 - 43', undefined],
  ['under the table', undefined],
])('reads the price of %j', (question, price) => {
  expect(read(question).filters.price).toEqual(price);
});

it.each<[string, Partial<ProductQuery['filters']>, string[]]>([
  ['boots in size 42', { size: '42' }, ['boot']],
  ['Stiefel Größe L', { size: 'l' }, ['stiefel']],
  ['a parka in L', { size: 'l' }, ['parka']],
  ['a parka in XL please', { size: 'xl' }, ['parka']],
  ['boots 42,5', { size: '42.5' }, ['boot']],
  ['boots in size 47', { size: '47' }, ['boot']],
  ['What sizes are there of the parka?', {}, ['parka']],
  ['red boots', { colours: ['red'] }, ['boot']],
  ['rote Stiefel', { colours: ['red'] }, ['stiefel']],
  ['Which moss or green boots are available?', { colours: ['moss', 'green'], inStock: true }, ['boot']],
  ['Is the Alder boot in stock?', {}, ['alder', 'boot']],
  ['Welche Stiefel habt ihr auf Lager?', { inStock: true }, ['stiefel']],
  [
    'red boots in 42 under 100 euro in stock',
    {
      size: '42',
      colours: ['red'],
      inStock: true,
      price: { most: 100, currency: 'EUR' },
    },
    ['boot'],
  ],
])('reads filters and words of %j', (question, filters, words) => {
  const { rest: _, ...asked } = read(question);
  expect(asked).toEqual({ filters, words });
});

it.each<[string, string | undefined]>([
  ['How much is AB-100 42?', 'ab10042'],
  ['is ab100-42 in stock', 'ab10042'],
  ['What about AB 100.', 'ab100'],
  ['article 4711', '4711'],
  ['boot', 'boot'],
  ['Do you have a boot?', undefined],
  ['AB-999', undefined],
])('finds the code in %j', (question, code) => {
  expect(read(question).code).toBe(code);
});

it('knows what is to be cheapest, and keeps asking words when nothing else is there', () => {
  expect(read('your cheapest boots')).toEqual({
    words: ['boot'],
    filters: {},
    order: 'cheapest',
    rest: 'your  ;  boots',
  });
  expect(read('the priciest boots')).toMatchObject({ order: 'dearest' });
  expect(read('die teuersten Stiefel')).toMatchObject({ order: 'dearest' });
  expect(read('size')).toEqual({ words: ['size'], filters: {}, rest: 'size' });
});

it('is quick on a long question of nothing but numbers', () => {
  expect(read('100 - '.repeat(3_000)).filters.size).toBeUndefined();
  expect(read('between 1'.repeat(2_000)).filters).toEqual({});
});
