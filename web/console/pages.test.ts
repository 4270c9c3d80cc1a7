import { expect, it } from 'vitest';
import { PAGES } from './pages.ts';

it('leads to one page by each key', () => {
  const keys = PAGES.flatMap((page) => page.keys ?? []);
  expect(keys.length).toBeGreaterThan(5);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});
