import { expect, it } from 'vitest';
import { readSettings } from './read-settings.ts';

it('takes attributes over the object, and texts alone', () => {
  const given = {
    color: '#123456',
    locale: 'de',
    greeting: 7,
    position: null,
    messages: { lang: 'ar', dir: 'rtl', 'composer.send': 3 },
    other: 'x',
  };
  expect(readSettings(given, { locale: 'fr', key: 'k' })).toEqual({
    color: '#123456',
    locale: 'fr',
    messages: { lang: 'ar', dir: 'rtl' },
  });
});

it.each([undefined, null, 'text', 4])('makes nothing of %s', (given) => {
  expect(readSettings(given, {})).toEqual({});
});
