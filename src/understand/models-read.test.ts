import { expect, it } from 'vitest';
import { modelsRead } from './models-read.ts';

it.each([
  ['Wie lange dauert die Lieferung?', true],
  ['12345?', true],
  ['退货需要多少天？', false],
  ['Сколько стоит доставка?', false],
])('%s: %s', (text, expected) => expect(modelsRead(text)).toBe(expected));

it('takes the scripts of other models', () => {
  expect(modelsRead('退货需要多少天？', ['Latn', 'Hani'])).toBe(true);
});
