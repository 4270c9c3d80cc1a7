import { expect, it } from 'vitest';
import { linkedConversation } from './take-linked-conversation.ts';

const ID = '0b6ff0a2-9a3e-4ad6-8a8e-1a2b3c4d5e6f';

it.each([
  [`https://help.example/#conversation=${ID}`, ID, 'https://help.example/'],
  [`https://help.example/?conversation=${ID}`, ID, 'https://help.example/'],
  [`https://help.example/?lang=de&conversation=${ID}#top`, ID, 'https://help.example/?lang=de#top'],
  ['https://help.example/?lang=de#top', null, 'https://help.example/?lang=de#top'],
  ['https://help.example/#conversation=../../x', null, 'https://help.example/'],
])('reads %s', (address, id, rest) => {
  expect(linkedConversation(address)).toEqual({ id, rest });
});
