import { expect, it } from 'vitest';
import { sendsOnKey } from './sends-on-key.ts';

const enter = { key: 'Enter', shiftKey: false, isComposing: false, keyCode: 13 };

it.each([
  ['Enter', enter, false, true],
  ['Shift+Enter', { ...enter, shiftKey: true }, false, false],
  ['Enter on a touch keyboard', enter, true, false],
  ['Enter that ends a composition', { ...enter, isComposing: true }, false, false],
  ['the same in Safari', { ...enter, keyCode: 229 }, false, false],
  ['another key', { ...enter, key: 'a', keyCode: 65 }, false, false],
])('%s', (_, press, touch, sends) => {
  expect(sendsOnKey(press, touch)).toBe(sends);
});
