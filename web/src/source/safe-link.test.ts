import { expect, it } from 'vitest';
import { safeLink } from './safe-link.ts';

it.each([
  ['https://shop.example/returns', 'https://shop.example/returns'],
  ['/returns', 'http://localhost:8080/returns'],
  ['javascript:alert(1)', null],
  ['file:///etc/passwd', null],
  ['http://', null],
  [null, null],
])('%s', (url, link) => {
  expect(safeLink(url, 'http://localhost:8080/')).toBe(link);
});
