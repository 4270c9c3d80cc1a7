import { expect, it } from 'vitest';
import { addRange, toggle } from './selection.ts';

const ROWS = [9, 7, 5, 3, 1];

it('chooses and lets go', () => {
  expect([...toggle(new Set([1]), 2)]).toEqual([1, 2]);
  expect([...toggle(new Set([1, 2]), 1)]).toEqual([2]);
});

it('chooses all between two rows, in either direction', () => {
  expect([...addRange(new Set(), ROWS, 7, 3)]).toEqual([7, 5, 3]);
  expect([...addRange(new Set([1]), ROWS, 3, 7)]).toEqual([1, 7, 5, 3]);
  expect([...addRange(new Set(), ROWS, null, 5)]).toEqual([5]);
  expect([...addRange(new Set(), ROWS, 99, 5)]).toEqual([5]);
});
