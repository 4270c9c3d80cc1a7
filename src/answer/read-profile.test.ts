import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPath, type OpenPath } from '../testing/path-tools.ts';
import { PROFILE_DOCUMENT } from './read-profile.ts';

const PROFILE =
  'The telephone number of Test shop is 555-0142.\nThe store is open Monday to Friday from 9:30 to 18:30. It is closed on Sunday.';
let path: OpenPath;
beforeEach(async () => {
  path = await openPath({ profile: PROFILE });
  await path.write('Returns', ['Boots can go back within 60 days.']);
});
afterEach(() => path.close());

it('answers from the profile what the documents do not say, and cites it verbatim', async () => {
  const answer = await path.ask('What is the telephone number?');
  expect(answer.answer).toBe('The telephone number of Test shop is 555-0142. [1]');
  const [citation] = answer.citations;
  expect(citation).toMatchObject({ document_id: PROFILE_DOCUMENT, title: 'About Test shop', url: null });
  expect(PROFILE.slice(citation!.start, citation!.end)).toBe(citation!.quote);
});

it('leaves to the documents what they say, and to nobody what neither says', async () => {
  expect((await path.ask('Can boots go back within days?')).citations[0]?.title).toBe('Returns');
  expect((await path.ask('What is the e-mail of the head gardener?')).outcome).toBe('declined');
  await path.write('Contact', ['The telephone number is 555-9999 on the hotline.']);
  expect((await path.ask('What is the telephone number on the hotline?')).answer).toContain('555-9999');
});
