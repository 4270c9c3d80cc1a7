import { sayIn, type Say } from '../messages/say.ts';
import { isOpen, nextOpening } from '../shop/business-hours.ts';
import { zoneOf, type HoursProfile } from '../shop/hours-profile.ts';
import { deskChannel } from './business-time.ts';
import { dateFormat } from '../text/intl-formats.ts';

export interface Availability {
  /** A person may be there now. */
  open: boolean;
  /** When one is there next, ISO 8601; null when it is open, or never known. */
  opens_at: string | null;
  time_zone: string;
  text: string;
}

/**
 * Whether a person is there at a moment, and when the next one is.
 * @param language of the text, as BCP 47 or ISO 639-1; null and unknown ones get English
 * @param email where they are written to when nobody is there; null: they are asked for an address
 */
export function availabilityAt(
  profile: HoursProfile,
  at: Date,
  language: string | null = null,
  email: string | null = null,
): Availability {
  const say = sayIn(language ?? 'en');
  const channel = deskChannel(profile);
  const zone = zoneOf(profile);
  if (channel === null || isOpen(profile, channel, at))
    return { open: true, opens_at: null, time_zone: zone, text: say('desk.soon') };
  const next = nextOpening(profile, channel, at);
  const away = next ? say('desk.awayUntil', { when: format(next, zone, say) }) : say('desk.away');
  const reached = email === null ? say('desk.leaveEmail') : say('desk.writeTo', { email });
  return {
    open: false,
    opens_at: next?.toISOString() ?? null,
    time_zone: zone,
    text: joinSentences([away, reached], say),
  };
}

/** Chinese sentences follow each other without a space. */
export const joinSentences = (sentences: readonly string[], { locale }: Say): string =>
  sentences.join(locale === 'zh' ? '' : ' ');

/** "Monday, 23 November, 08:00 (Europe/Berlin)" */
function format(at: Date, zone: string, { tag }: Say): string {
  const day = dateFormat(tag, {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(at);
  const time = dateFormat(tag, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  // The British day has no comma of its own.
  return `${tag === 'en-GB' ? day.replace(/^(\w+) /, '$1, ') : day}, ${time} (${zone})`;
}
