import { expect, it } from 'vitest';
import { addedStems } from './added-stems.ts';

const BEFORE = 'How long can I return unworn goods? You can return unworn goods within 30 days.';

it.each([
  ['And for sale items?', ['sale', 'item']],
  ['what about gift cards', ['gift', 'card']],
  ['and to Switzerland?', ['switzerland']],
  // Said before, a person, a time, a size, or another question about the same thing: nothing is named anew.
  ['And for goods?', []],
  ['And for my husband?', []],
  ['And on Sundays?', []],
  ['And with 25?', []],
  ['How much is it?', []],
  ['And the price?', []],
  ['How do I wash merino wool?', []],
])('%s names %j anew', (question, stems) => {
  expect(addedStems(question, BEFORE)).toEqual(stems);
});
