import { expect, it } from 'vitest';
import { INTENT_SETTINGS } from './intents-settings.ts';
import type { LexicalVector } from './intents-types.ts';
import { lexicalFeatures, rarityOf } from './lexical-features.ts';

const TEXTS = ['where is my order', 'where is my refund', 'cancel my order'];
const rarity = rarityOf(TEXTS);
const features = (text: string): LexicalVector => lexicalFeatures(text, rarity);
const similarity = (left: string, right: string): number => {
  const [one, other] = [features(left), features(right)];
  const values = new Map([...other.places].map((place, at) => [place, other.values[at]!]));
  return [...one.places].reduce((sum, place, at) => sum + one.values[at]! * (values.get(place) ?? 0), 0);
};

it('gives every text the same length, and one without words none', () => {
  const squares = [...features('Where is my parcel?').values].map((value) => value ** 2);
  expect(Math.sqrt(squares.reduce((sum, value) => sum + value, 0))).toBeCloseTo(
    INTENT_SETTINGS.lexicalLength,
  );
  expect(features('?!').places).toHaveLength(0);
});

it('sees past letter case, marks and a typing error', () => {
  expect(features('WHERE is my order?!')).toEqual(features('where is my order'));
  expect(similarity('refund', 'refunnd')).toBeGreaterThan(similarity('refund', 'delivery') + 0.1);
});

it('weighs rare words more than common ones', () => {
  expect(similarity('where is my refund', 'refund')).toBeGreaterThan(
    similarity('where is my refund', 'my') * 2,
  );
});

it('names each bucket once', () => {
  const { places } = features('my my my order order');
  expect(new Set(places).size).toBe(places.length);
});
