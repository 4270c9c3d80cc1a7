import { expect, it } from 'vitest';
import { normalizeCode } from './normalize-code.ts';

it.each([
  ['AB-100 42', 'ab10042'],
  [' ab 100\u201142 ', 'ab10042'],
  ['ＡＢ１００', 'ab100'],
  ['A.B/1_2', 'a.b/1_2'],
  [' – ', ''],
])('%j is compared as %j', (code, key) => {
  expect(normalizeCode(code)).toBe(key);
});
