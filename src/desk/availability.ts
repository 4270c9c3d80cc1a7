import { isOpen, nextOpening } from '../shop/business-hours.ts';
import { zoneOf, type HoursProfile } from '../shop/hours-profile.ts';
import { deskChannel } from './business-time.ts';

export interface Availability {
  /** A person may be there now. */
  open: boolean;
  /** When one is there next, ISO 8601; null when it is open, or never known. */
  opens_at: string | null;
  time_zone: string;
  text: string;
}

/** Whether a person is there at a moment, and when the next one is. */
export function availabilityAt(profile: HoursProfile, at: Date): Availability {
  const channel = deskChannel(profile);
  const zone = zoneOf(profile);
  if (channel === null || isOpen(profile, channel, at))
    return { open: true, opens_at: null, time_zone: zone, text: 'A person will answer here soon.' };
  const next = nextOpening(profile, channel, at);
  const when = next && `on ${format(next, zone)}`;
  return {
    open: false,
    opens_at: next?.toISOString() ?? null,
    time_zone: zone,
    text: `Nobody is here now${when === null ? '' : `; a person is back ${when}`}. Leave your e-mail address, and the answer reaches you there.`,
  };
}

/** "Monday, 23 November, 08:00 (Europe/Berlin)" */
function format(at: Date, zone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(at);
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  return `${day.replace(' ', ', ').replace(',,', ',')}, ${time} (${zone})`;
}
