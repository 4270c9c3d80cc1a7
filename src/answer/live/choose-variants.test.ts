import { describe, expect, it } from 'vitest';
import type { StoredProduct } from '../../stores/catalogue-contracts.ts';
import { chooseVariants } from './choose-variants.ts';
import { explainedShare } from './explained-share.ts';

const product = (
  code: string,
  attributes: Record<string, string>,
  name = 'Lanner 3 tent',
): StoredProduct => ({
  code,
  name,
  family: 'LA-3',
  category: 'Tents',
  brand: 'Steinlauf',
  description: '',
  url: null,
  attributes,
  price: null,
  stock: null,
  deliveryDays: null,
  updatedAt: '2026-11-21T10:00:00.000Z',
});
const TENTS = [
  product('LA-3-RR', { colour: 'rust red', size: '3' }),
  product('LA-3-MO', { colour: 'moss', size: '3' }),
];
const SHIRTS = ['S', 'M', 'L'].map((size) => product(`SH-${size}`, { size, colour: 'berry' }, 'Wool shirt'));

describe('chooseVariants', () => {
  it('takes the variants whose size and colour the question names', () => {
    expect(chooseVariants('the tent in rust red', TENTS).chosen.map(({ code }) => code)).toEqual(['LA-3-RR']);
    expect(chooseVariants('berry, medium please', SHIRTS).chosen.map(({ code }) => code)).toEqual(['SH-M']);
  });
  it('takes them all where none is named, and hears no variant in the name', () => {
    expect(chooseVariants('how much is the Lanner 3?', TENTS).chosen).toHaveLength(2);
    expect(chooseVariants('how much is the Lanner 3?', TENTS).named.size).toBe(0);
  });
  it('takes the one whose code is named', () => {
    expect(chooseVariants('la 3 mo', TENTS).chosen.map(({ code }) => code)).toEqual(['LA-3-MO']);
  });
});

describe('explainedShare', () => {
  it('is 1 when all words of the question but those that ask are the product', () => {
    expect(explainedShare('How much is the Lanner tent in moss?', TENTS)).toBe(1);
    expect(explainedShare('How mutch is the Laner tent?', TENTS)).toBe(1);
  });
  it('is lower when the question is about something else', () => {
    expect(explainedShare('How much does it cost to have a tent washed?', TENTS)).toBe(0.5);
    expect(explainedShare('When is it open?', TENTS)).toBe(0);
  });
});
