import { expect, it } from 'vitest';
import { chooseLocale } from './choose-locale.ts';

it('takes the first wish that it speaks, whatever its region', () => {
  expect(chooseLocale(['de-AT', 'en'])).toBe('de');
  expect(chooseLocale([undefined, '', 'nl', 'zh_CN', 'fr'])).toBe('zh');
  expect(chooseLocale(['ES'])).toBe('es');
});

it('falls back to English', () => {
  expect(chooseLocale([])).toBe('en');
  expect(chooseLocale(['nl', 'pt-BR', null])).toBe('en');
});
