import { expect, it } from 'vitest';
import { draftUse, insertSuggestion, takeSuggestionOut } from './inserted-suggestion.ts';

const SUGGESTED = 'You can return it.';
const FOUND = { text: SUGGESTED, message_id: 'asked' };

it('goes behind what stands there, or in its place', () => {
  expect(insertSuggestion('insert', 'Hello Kim ', FOUND).put).toBe(`Hello Kim\n\n${SUGGESTED}`);
  expect(insertSuggestion('insert', '', FOUND).put).toBe(SUGGESTED);
  expect(insertSuggestion('replace', 'Hello', FOUND).put).toBe(SUGGESTED);
});

it.each([
  ['insert', 'Hello', `Hello\n\n${SUGGESTED}`, 'Hello'],
  ['insert', 'Hello ', `Hello\n\n${SUGGESTED} Yours, Ada`, 'Hello  Yours, Ada'],
  ['insert', 'Hello', `Hello Kim\n\n${SUGGESTED} Ada`, 'Hello Kim Ada'],
  ['insert', 'Hello', 'Hello\n\nYou can surely return it.', 'Hello\n\nsurely'],
  ['insert', '', `${SUGGESTED} Ada`, ' Ada'],
  ['replace', 'Hello', `${SUGGESTED} Ada`, 'Hello Ada'],
  ['replace', 'Hello', `Dear Kim, ${SUGGESTED}`, 'Dear Kim, Hello'],
  ['replace', 'Hello', 'You can return', 'Hello'],
] as const)('taken out after %s into "%s", what was written since stays', (way, before, now, left) => {
  expect(takeSuggestionOut(insertSuggestion(way, before, FOUND), now)).toBe(left);
});

it('is told of only where it was shown or put in', () => {
  const inserted = insertSuggestion('insert', '', FOUND);
  expect(draftUse(SUGGESTED, inserted, SUGGESTED)).toEqual({
    shown: true,
    inserted: true,
    edited_share: 0,
    message_id: 'asked',
  });
  expect(draftUse(SUGGESTED, null, 'No')).toEqual({ shown: true, inserted: false, edited_share: 1 });
  expect(draftUse(null, null, 'No')).toBeNull();
});
