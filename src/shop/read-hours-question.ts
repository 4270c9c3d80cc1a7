import { channelsOf, zoneOf, type HoursProfile } from './hours-profile.ts';
import { readAskedDates } from './read-asked-dates.ts';
import { localTime } from './zoned-time.ts';

export interface HoursQuestion {
  /** A name from the profile; null when the question names none. */
  channel: string | null;
  /** `now`: open at this moment? `day`: the hours of `dates`. `week`: the regular hours. */
  about: 'now' | 'day' | 'week';
  /** Local dates, at most three, "2026-11-21"; [] unless about days. */
  dates: string[];
}

const PLACE =
  '(?:store|shop|workshop|counter|branch|showroom|outlet|office|help ?desk|hotline|(?:phone|telephone)(?: line)?|(?:live )?chat|customer (?:service|support)|support|service desk|place)';
const PLACES = `(?:the|your|ur|that|this)\\s+(?:[\\w-]+\\s+){0,2}?${PLACE}(?:\\s+(?:counter|in \\w+))?`;
const WHO = `(?:(?:you|u)(?:\\s+(?:guys|all|people))?|they|${PLACES})`;
const DAY_NAME =
  "sundays?|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|weekends?|christmas|xmas|boxing|new year'?s?|easter|good friday";
/** What may follow "open" or "close" in a question on hours: no object such as "my account". */
const THEN = `(?=\\s*(?:$|[?!.,;:)]|(?:today|tonight|tomorrow|now|on|at|in the|by|until|till|til|from|between|before|after|around|late|later|early|earlier|again|usually|normally|this|next|over|during|for (?:lunch|christmas|easter|the holidays?|the weekend)|and|or|the day|every|each|all|any|${DAY_NAME}|public|bank|\\d|please|for (?:business|customers|visitors)|right|yet|still|currently|already|then|pls|there|when|as)\\b))`;
const STATE = `(?:open|opened|closed|shut)${THEN}`;
const VERB = `(?:open|opens|re-?opens?|close|closes|shut|shuts|open up|close up|closing|opening)${THEN}`;
const REACH =
  '(?:come(?: by| in| over| round| along| to)?|visit|(?:stop|drop|pop|swing|nip) (?:by|in|over|round|along)|call|phone|ring|reach|get hold of)';
const WHEN =
  '(?:when|(?:what|wat|wot) time|which times?|until when|till when|how late|how early|what days?|which days?|what hours)';

/** The ways of asking for hours. "How many hours" and a thing that opens are none. */
const HOURS = [
  `\\b(?:opening|business|(?:work)?shop|store|working|office|trading|service|phone|telephone|chat|support|counter|visiting)\\s+(?:hours|times)\\b`,
  `\\bhours\\s+of\\s+(?:business|operation|opening)\\b`,
  `\\byour\\s+(?:[\\w-]+\\s+)?hours\\b`,
  `\\bhours\\s+(?:of|for|at)\\s+${PLACES}`,
  `\\b(?:sunday|saturday|late|evening|holiday|weekend)\\s+opening\\b`,
  `\\b(?:what|which)\\s+hours\\s+(?:do|does|did|will|are|is)\\s+${WHO}\\b`,
].map((pattern) => new RegExp(pattern));
const OPEN = [
  `^(?:is\\s+)?(?:the\\s+|your\\s+)?${PLACE}\\s+(?:still\\s+)?(?:open|closed|staffed|manned|available)\\s*\\?*$`,
  `\\b(?:are|r|is|will|would|were|was)\\s+${WHO}\\s+(?:[\\w']+\\s+){0,3}?${STATE}`,
  `\\btoo (?:late|early) (?:for (?:me|us) )?to ${REACH}\\b`,
  `\\b(?:do|does|will|did|can)\\s+${WHO}\\s+(?:[\\w']+\\s+){0,2}?${VERB}`,
  `^(?:so |and )?${WHEN}\\s+(?:does\\s+)?(?:${WHO}|${PLACE})\\s+(?:[\\w']+\\s+)?${VERB}`,
  `\\b(?:find|catch|see)\\s+${WHO}\\s+(?:[\\w']+\\s+)?${STATE}`,
  `\\b(?:tell me|know|wonder|wondering|say|ask)\\s+(?:if|whether|${WHEN})\\s+${WHO}\\s+(?:(?:is|are|will be)\\s+(?:[\\w']+\\s+)?${STATE}|${VERB})`,
  `^(?:hi|hello|hey)?[\\s,!]*(?:so\\s+|and\\s+)?(?:(?:${WHO}|the|your|${PLACE})\\s+){0,2}(?:still\\s+|also\\s+)?(?:open|closed)\\s*(?:\\?|$|(?:now|yet|already|right now|today|tonight|tomorrow|on|at|this|over|late|${DAY_NAME})\\b)`,
  `\\b${WHEN}\\s+(?:can|could|may)\\s+(?:i|we)\\s+(?:[\\w']+\\s+){0,2}?${REACH}\\b`,
  `\\b(?:is|are)\\s+${WHO}\\s+(?:[\\w']+\\s+){0,3}?(?:available|reachable|answered|staffed|manned|there)${THEN}`,
  `\\b(?:do|does|will|can)\\s+(?:any|some)(?:one|body)\\s+(?:answer|pick up|be on|be at|man|staff)\\s+${PLACES}`,
  `\\b(?:is|will)\\s+(?:there\\s+)?(?:any|some)(?:one|body)\\s+(?:be\\s+)?(?:there|in|available|on the phone|at the (?:store|shop|phone))`,
].map((pattern) => new RegExp(pattern));
/** Only with a day: "can I call you on Sunday?" */
const REACH_ON_DAY = new RegExp(`\\b(?:can|could|may)\\s+(?:i|we)\\s+(?:[\\w']+\\s+){0,2}?${REACH}\\b`);
const NOT_HOURS = /\bhow many (?:[\w-]+ )?hours\b|\b(?:web|online)[\s-]?(?:shop|store)\b|\bopen to (?!\d)/;
const GENERAL_HOLIDAYS = /\b(?:public|bank|national) holidays?\b|\bholidays\b/;
const NOW = /\b(?:now|right now|currently|at the moment|still|already|yet|too (?:late|early))\b/;
/** Asks for the next opening: what holds at this moment says it. */
const AGAIN = /\b(?:open(?:s|ed|ing)?|back)\b[^?.]{0,20}\bagain\b|\bre-?open(?:s|ing)?\b/;
const UNTIL_WHEN =
  /\b(?:how late|until when|till when|how long|(?:when|what time)\b[^?.]*\bclos(?:e|es|ing))\b/;
const ASKS_STATE = new RegExp(
  `^(?:[^?]{0,40}[,.!]\\s*)?(?:so\\s+|and\\s+)?(?:are|r|is)\\s|^(?:still\\s+)?(?:open|closed)\\b|^(?:you|u|${PLACE}|${PLACES})\\s`,
);

const LONGEST_VISIT = 14;
const CHANNELS: readonly [string, RegExp][] = [
  ['workshop', /\bworkshop\b|\brepair (?:counter|desk)\b/],
  ['chat', /\bchat\b/],
  ['phone', /\b(?:phone|telephone|call|ring|hotline|helpline)\b/],
  ['store', /\b(?:store|shop|branch|showroom|outlet|visit|come by|drop in|stop by)\b/],
];

/**
 * What a question on business hours asks for, or null when it is about something else. English only.
 * @param now decides what "tomorrow" is, in the profile's time zone
 */
export function readHoursQuestion(question: string, now: Date, profile: HoursProfile): HoursQuestion | null {
  const said = plainText(question);
  if (NOT_HOURS.test(said)) return null;
  const own = ownChannelIn(said, profile);
  // Whatever the owner calls a place ("café", "garden centre"), it is asked about like a store.
  const text = own === null ? said : said.replace(own.pattern, 'store');
  const today = localTime(now, zoneOf(profile)).date;
  const dates = readAskedDates(text, today, profile);
  const week = HOURS.some((pattern) => pattern.test(text));
  if (!week && !asksIfOpen(text, dates)) return null;
  const channel = own?.channel ?? channelIn(said, profile);
  if (dates.length > 0)
    return NOW.test(text) && dates.join() === today
      ? { channel, about: 'now', dates: [] }
      : { channel, about: 'day', dates };
  // Which days those are, and what holds on them, is for the documents to say.
  if (GENERAL_HOLIDAYS.test(text)) return null;
  if (NOW.test(text) || AGAIN.test(text)) return { channel, about: 'now', dates: [] };
  if (UNTIL_WHEN.test(text)) return { channel, about: 'day', dates: [today] };
  return { channel, about: !week && ASKS_STATE.test(text) ? 'now' : 'week', dates: [] };
}

function asksIfOpen(text: string, dates: readonly string[]): boolean {
  if (OPEN.some((pattern) => pattern.test(text))) return true;
  const timed = dates.length > 0 || NOW.test(text);
  return timed && REACH_ON_DAY.test(text) && text.split(' ').length <= LONGEST_VISIT;
}

/** In lower case, without accents. */
function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/\b(?:tom+or+ow|tmrw|tmr|2moro)\b/g, 'tomorrow')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A channel that the question calls by the profile's own name for it, in whatever spelling. */
function ownChannelIn(text: string, profile: HoursProfile): { channel: string; pattern: RegExp } | null {
  for (const channel of channelsOf(profile)) {
    const words = plainText(channel).match(/[\p{L}\p{N}]+/gu);
    if (words === null || CHANNELS.some(([name]) => name === channel)) continue;
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${words.join('[\\s_-]*')}(?![\\p{L}\\p{N}])`, 'u');
    if (pattern.test(text)) return { channel, pattern };
  }
  return null;
}

function channelIn(text: string, profile: HoursProfile): string | null {
  const known = channelsOf(profile);
  return CHANNELS.find(([name, pattern]) => known.includes(name) && pattern.test(text))?.[0] ?? null;
}
