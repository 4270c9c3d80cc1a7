import { sayIn } from '../messages/say.ts';
import { describeHours } from './describe-hours.ts';
import { channelsOf } from './hours-profile.ts';
import type { ShopProfile } from './shop.ts';

/** The profile in sentences, as prompts name it and as it is quoted. English, as the built-in models are. */
export interface ProfileText {
  /** The usual week, a line a channel; '' when the profile has no hours. */
  hours: string;
  /** Who the shop is, how it is reached, the hours: a sentence a line. */
  text: string;
}

/** What is not in the profile is left out. */
export function profileText(profile: ShopProfile): ProfileText {
  const { name, tagline, email, phone, url } = profile;
  const say = sayIn('en');
  const hours = channelsOf(profile).flatMap((channel) => {
    const said = describeHours(profile, { channel, about: 'week', dates: [] }, new Date(0), say);
    return said === null ? [] : [said];
  });
  const lines = [
    tagline === undefined ? null : `${name}: ${tagline.replace(/[.!?]*$/, '')}.`,
    email === undefined ? null : `The e-mail address of ${name} is ${email}.`,
    phone === undefined ? null : `The telephone number of ${name} is ${phone}.`,
    url === undefined ? null : `The website of ${name} is ${url}`,
    ...hours,
  ];
  return { hours: hours.join('\n'), text: lines.filter((line) => line !== null).join('\n') };
}
