import { expect, it } from 'vitest';
import { outline, parseString } from './parse-string.suite.ts';

const text = (content: string) => parseString('opening-hours.txt', content);

it('takes a short first line that stands alone for the title', () => {
  expect(text('Our hours\n\nWe open at 9.').title).toBe('Our hours');
  expect(text('Our hours\n=========\nWe open at 9.').title).toBe('Our hours');
  expect(text('We open at 9.\n\nAnd close at 5.').title).toBe('Opening hours');
  expect(text('Our hours\nare long and wrapped over lines.').title).toBe('Opening hours');
  expect(text('Only line').title).toBe('Opening hours');
});

it('finds underlined and capital headings', () => {
  expect(
    outline(
      text(
        'Title\n\nIntro here.\n\nDELIVERY TIMES\nTwo days.\n\nAbroad\n------\nFive days.\n\nReturns\n=======\n\nA month.',
      ),
    ),
  ).toEqual([
    'heading: Title',
    'paragraph: Intro here.',
    'heading: DELIVERY TIMES',
    'paragraph: Two days. ⟨DELIVERY TIMES⟩',
    'heading: Abroad ⟨DELIVERY TIMES⟩',
    'paragraph: Five days. ⟨DELIVERY TIMES > Abroad⟩',
    'heading: Returns',
    'paragraph: A month. ⟨Returns⟩',
  ]);
});

it('joins hard-wrapped lines and keeps short lines apart', () => {
  expect(
    outline(
      text(
        'This paragraph was wrapped by an editor at some\r\ncolumn and goes on\r\nhere.\r\n\r\nMon 9 to 18\r\nSat 10 to 16',
      ),
    ),
  ).toEqual([
    'paragraph: This paragraph was wrapped by an editor at some column and goes on here.',
    'list_item: Mon 9 to 18',
    'list_item: Sat 10 to 16',
  ]);
});

it('finds list items with their continuation lines', () => {
  expect(outline(text('You need:\n- the receipt of the\n  order\n* the box\n1) patience'))).toEqual([
    'paragraph: You need:',
    'list_item: the receipt of the order',
    'list_item: the box',
    'list_item: 1) patience',
  ]);
});

it('is linear on many capital lines', () => {
  const began = performance.now();
  expect(text('ABCD\n'.repeat(100_000)).blocks).toHaveLength(100_000);
  expect(performance.now() - began).toBeLessThan(8000);
}, 20_000);
