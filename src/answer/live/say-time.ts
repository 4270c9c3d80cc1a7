/** Times as customers read them, in the shop's time zone. */

export function sayDay(iso: string, timeZone: string): string {
  // A date without a time is that very day everywhere.
  const zone = iso.length === 10 ? 'UTC' : timeZone;
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: zone,
  }).format(new Date(iso));
}

/** "14:02" of the same day, else with its date. */
export function sayReadAt(iso: string, now: Date, timeZone: string): string {
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(
    new Date(iso),
  );
  const day = sayDay(iso, timeZone);
  return day === sayDay(now.toISOString(), timeZone) ? time : `${time} on ${day}`;
}
