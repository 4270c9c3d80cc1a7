import { expect, it } from 'vitest';
import { readAmount, type AmountUnit } from './read-amount.ts';

it.each<[unknown, AmountUnit, string, number]>([
  [12.9, 'major', 'EUR', 1290],
  ['12.90', 'major', 'EUR', 1290],
  [' 12 ', 'major', 'eur', 1200],
  [0, 'major', 'EUR', 0],
  [0.29, 'major', 'EUR', 29],
  [1.005, 'major', 'TND', 1005],
  [19.990000000000002, 'major', 'EUR', 1999],
  [1e6, 'major', 'CHF', 100_000_000],
  ['12.5000', 'major', 'EUR', 1250],
  [1290, 'major', 'JPY', 1290],
  [1290, 'minor', 'JPY', 1290],
  [1290, 'minor', 'EUR', 1290],
  ['1290', 'minor', 'GBP', 1290],
])('reads %j in %s units of %s as %i', (amount, unit, currency, minor) => {
  expect(readAmount(amount, unit, currency)).toEqual({ minor, currency: currency.toUpperCase() });
});

it.each<[unknown, AmountUnit, unknown, string]>([
  [-1, 'major', 'EUR', 'zero or more'],
  ['12,90', 'major', 'EUR', 'not a number'],
  ['1.290,00', 'major', 'EUR', 'not a number'],
  ['EUR 12', 'major', 'EUR', 'not a number'],
  ['', 'major', 'EUR', 'not a number'],
  [NaN, 'major', 'EUR', 'not a number'],
  [Infinity, 'major', 'EUR', 'not a number'],
  [1e21, 'major', 'EUR', 'not a number'],
  [true, 'major', 'EUR', 'not a number'],
  [null, 'major', 'EUR', 'not a number'],
  [12.999, 'major', 'EUR', 'more than 2 decimals'],
  [12.5, 'major', 'JPY', 'more than 0 decimals'],
  [12.5, 'minor', 'EUR', 'more than 0 decimals'],
  [12, 'major', 'EURO', 'currency'],
  [12, 'major', 'XQQ', 'currency'],
  [12, 'major', null, 'currency'],
])('does not guess at %j in %s units of %j', (amount, unit, currency, reason) => {
  expect(() => readAmount(amount, unit, currency)).toThrow(reason);
});
