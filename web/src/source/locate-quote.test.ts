import { expect, it } from 'vitest';
import { locateQuote } from './locate-quote.ts';

it('takes the place that the citation names, not the first one', () => {
  expect(locateQuote('ten. ten. ten.', 'ten.', 5)).toEqual({
    before: 'ten. ',
    quote: 'ten.',
    after: ' ten.',
  });
});

it('finds a quote that has moved', () => {
  expect(locateQuote('New line. 60 days.', '60 days', 0)).toEqual({
    before: 'New line. ',
    quote: '60 days',
    after: '.',
  });
});

it('says when the text no longer holds it', () => {
  expect(locateQuote('30 days', '60 days', 0)).toBeNull();
});

it('counts as the server does, in UTF-16 units', () => {
  expect(locateQuote('🥾 boots: 60 days', '60 days', 10)).toEqual({
    before: '🥾 boots: ',
    quote: '60 days',
    after: '',
  });
});
