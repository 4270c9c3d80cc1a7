import { expect, it } from 'vitest';
import { yesOrNo } from './yes-or-no.ts';

it.each(['yes', 'Yes!', 'yes please', 'Ok, do it.', 'sure, go ahead', 'Yes, thank you', 'confirm'])(
  'takes "%s" for a yes',
  (text) => expect(yesOrNo(text)).toBe('yes'),
);
it.each(['no', 'No, thanks', "don't", 'don’t', 'No, stop', 'never mind'])('takes "%s" for a no', (text) =>
  expect(yesOrNo(text)).toBe('no'),
);
it.each([
  'yes but what does it cost?',
  'yes or no?',
  'yes, no',
  'no yes',
  'not yes',
  'is it ok to return boots?',
  'yesterday',
  'right boot',
  '',
  'okay, order MO-104281 instead',
])('takes "%s" for neither', (text) => expect(yesOrNo(text)).toBeNull());
