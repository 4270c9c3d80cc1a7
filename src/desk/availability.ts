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
  /** Answers go to the address that a customer leaves; false: they are read in the conversation alone. */
  mail: boolean;
  text: string;
}

/** What the customer is told by: how, where and in which words. */
interface Reach {
  /** BCP 47 or ISO 639-1; null and unknown ones get English. */
  language?: string | null;
  /** Where they are written to when nobody is there; null: they are asked for an address. */
  email?: string | null;
  /** A mail server is set. */
  mail?: boolean;
}

/**
 * Whether a person is there at a moment, and when the next one is.
 */
export function availabilityAt(
  profile: HoursProfile,
  at: Date,
  { language = null, email = null, mail = false }: Reach = {},
): Availability {
  const say = sayIn(language ?? 'en');
  const channel = deskChannel(profile);
  const zone = zoneOf(profile);
  if (channel === null || isOpen(profile, channel, at))
    return { open: true, opens_at: null, time_zone: zone, mail, text: say('desk.soon') };
  const next = nextOpening(profile, channel, at);
  const away = next ? say('desk.awayUntil', { when: format(next, zone, say) }) : say('desk.away');
  const reached = reachedBy(say, email, mail);
  return {
    open: false,
    opens_at: next?.toISOString() ?? null,
    time_zone: zone,
    mail,
    text: joinSentences([away, reached], say),
  };
}

function reachedBy(say: Say, email: string | null, mail: boolean): string {
  if (!mail) return say('desk.answerHere');
  return email === null ? say('desk.leaveEmail') : say('desk.writeTo', { email });
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
