import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { profileText } from './profile-text.ts';
import type { ShopProfile } from './shop.ts';

it('says contacts and the usual week of the profile, a sentence a line', () => {
  const profile = JSON.parse(readFileSync('data/shop/profile.json', 'utf8')) as ShopProfile;
  const { text, hours } = profileText(profile);
  expect(text.split('\n')).toEqual([
    'Moorfink Outdoor: Outdoor clothing, boots and camping gear from the old tannery in Ostermoor.',
    'The e-mail address of Moorfink Outdoor is help@moorfink.example.',
    'The telephone number of Moorfink Outdoor is 555-0142.',
    'The website of Moorfink Outdoor is https://moorfink.example',
    ...hours.split('\n'),
  ]);
  expect(hours).toContain('The phone line is open Monday to Friday from 9:00 to 17:30.');
  expect(hours).toMatch(
    /The store is open Monday to Friday from 9:30 to 18:30 and Saturday from 10:00 to 17:00\./,
  );
});

it('says nothing of what the profile does not hold', () => {
  expect(profileText({ name: 'Kiosk' })).toEqual({ hours: '', text: '' });
});
