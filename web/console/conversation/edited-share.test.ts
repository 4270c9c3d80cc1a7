import { expect, it } from 'vitest';
import { editedShare } from './edited-share.ts';

it('is 0 for the same words and 1 for all others', () => {
  expect(editedShare('You can return it.', 'You can return it!')).toBe(0);
  expect(editedShare('You can return it', 'Nein danke')).toBe(1);
  expect(editedShare('', '')).toBe(0);
});

it('counts words that were taken out and put in', () => {
  expect(editedShare('one two three four', 'one two three five')).toBe(0.25);
  expect(editedShare('one two', 'one two three four')).toBe(0.5);
  expect(editedShare('the the the', 'the')).toBe(0.667);
});
