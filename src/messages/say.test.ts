import { describe, expect, it } from 'vitest';
import { LOCALES, localeOf } from './locales.ts';
import { messagesOf, sayIn } from './say.ts';
import { sayAmount, sayDay, sayList, sayMoment } from './say-values.ts';

const placesOf = (message: unknown): string[] =>
  [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].sort();

describe.each(LOCALES.filter((locale) => locale !== 'en'))('the texts in %s', (locale) => {
  const [english, own] = [messagesOf('en'), messagesOf(locale)];

  it('are the same as the English ones, none missing and none left over', () => {
    expect(Object.keys(own)).toEqual(Object.keys(english));
  });

  it.each(Object.keys(english))('%s has the same places, and is not empty', (key) => {
    expect(placesOf(own[key])).toEqual(placesOf(english[key]));
    const forms = typeof own[key] === 'string' ? [own[key]] : Object.values(own[key] ?? {});
    for (const form of forms) expect(form.trim()).not.toBe('');
  });

  it('have every plural form that the language knows', () => {
    const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const message of Object.values(own).filter((one) => typeof one !== 'string'))
      expect(Object.keys(message).sort()).toEqual([...needed].sort());
  });
});

describe('sayIn', () => {
  it('takes the language of a tag, and English for what nobody wrote', () => {
    expect(['de-AT', 'zh-Hant', 'FR', 'it', 'und'].map(localeOf)).toEqual(['de', 'zh', 'fr', 'en', 'en']);
  });

  it('fills places and chooses the plural', () => {
    const values = { name: 'Oxbow' };
    expect(sayIn('en')('product.inStock', { ...values, count: 1 })).toBe('Oxbow is in stock (1 piece).');
    expect(sayIn('en')('product.inStock', { ...values, count: 2 })).toBe('Oxbow is in stock (2 pieces).');
    expect(sayIn('fr')('product.inStock', { ...values, count: 0 })).toBe('Oxbow est en stock (0 pièce).');
    expect(sayIn('de')('product.delivery', { ...values, count: 3 })).toContain('3 Werktagen');
  });
});

describe('values', () => {
  it('are written as the language writes them', () => {
    const price = { minor: 129_950, currency: 'EUR' };
    expect(LOCALES.map((locale) => sayAmount(price, sayIn(locale)))).toEqual([
      '1299.50 EUR',
      '1299.50 EUR',
      '1299,50 EUR',
      '1299,50 EUR',
      '1299,50 EUR',
    ]);
    expect(sayAmount({ minor: 500, currency: 'JPY' }, sayIn('de'))).toBe('500 JPY');
    expect(LOCALES.map((locale) => sayDay('2026-12-01', 'Europe/Berlin', sayIn(locale)))).toEqual([
      '1 December 2026',
      '2026年12月1日',
      '1. Dezember 2026',
      '1 décembre 2026',
      '1 de diciembre de 2026',
    ]);
    expect(sayList(['a', 'b', 'c'], sayIn('en'))).toBe('a, b and c');
    expect(sayList(['a', 'b', 'c'], sayIn('de'))).toBe('a, b und c');
  });

  it('name the day of a moment only when it is another one', () => {
    const now = new Date('2026-12-01T12:00:00Z');
    expect(sayMoment('2026-12-01T10:05:00Z', now, 'UTC', sayIn('de'))).toBe('10:05');
    expect(sayMoment('2026-11-30T10:05:00Z', now, 'UTC', sayIn('de'))).toBe('10:05 am 30. November 2026');
  });
});
