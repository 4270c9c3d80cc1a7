import { closesAt, nextOpening, openingsOn, planOf, type DayPlan } from './business-hours.ts';
import { channelsOf, zoneOf, type HoursProfile, type TimeSpan } from './hours-profile.ts';
import type { HoursQuestion } from './read-hours-question.ts';
import { addDays, instantOf, localTime } from './zoned-time.ts';

/** How a channel is called in a sentence; any other by its own name. */
const LABELS: Record<string, string> = { phone: 'The phone line', chat: 'The chat', store: 'The store' };
/** Monday first; any week will do. */
const A_MONDAY = '2024-01-01';
const DAYS_A_WEEK = 7;

interface Scene {
  profile: HoursProfile;
  channel: string;
  now: Date;
  label: string;
}

/**
 * The answer to a question on hours, in one to a few short English sentences.
 * @returns null when the profile has no hours for the channel
 */
export function describeHours(profile: HoursProfile, question: HoursQuestion, now: Date): string | null {
  const channel = question.channel ?? defaultChannel(profile);
  if (channel === null || !channelsOf(profile).includes(channel)) return null;
  const scene = { profile, channel, now, label: LABELS[channel] ?? `The ${channel}` };
  switch (question.about) {
    case 'now':
      return describeNow(scene);
    case 'day':
      return question.dates.map((date) => describeDay(scene, date)).join(' ');
    case 'week':
      return describeWeek(scene);
  }
}

/** What is meant by "you": the store where there is one. */
function defaultChannel(profile: HoursProfile): string | null {
  const channels = channelsOf(profile);
  return channels.includes('store') ? 'store' : (channels[0] ?? null);
}

function describeNow(scene: Scene): string {
  const { profile, channel, now, label } = scene;
  const closes = closesAt(profile, channel, now);
  if (closes === 'never') return `${label} is open around the clock.`;
  const today = todayOf(scene);
  const { holiday } = planOf(profile, channel, today);
  if (closes !== null) {
    const { date } = localTime(closes, zoneOf(profile));
    const day = date === today ? `today${inBrackets(holiday)}` : relativeDay(date, today).replace(/^on /, '');
    return `${label} is open until ${clock(closes, profile)} ${day}.`;
  }
  const why =
    holiday === null
      ? 'now'
      : `${openingsOn(profile, channel, today).length > 0 ? 'now' : 'today'}${inBrackets(holiday)}`;
  return `${label} is closed ${why}.${opensAgain(scene, now)}`;
}

function describeDay(scene: Scene, date: string): string {
  const { profile, channel, now, label } = scene;
  const today = todayOf(scene);
  const plan = planOf(profile, channel, date);
  if (date === today && plan.spans.length > 0) return describeToday(scene, plan);
  const [is, day] = [date < today ? 'was' : 'is', date === today ? 'today' : `on ${longDay(date)}`];
  if (plan.spans.length > 0)
    return `${label} ${is} open ${day}, ${hours(plan.spans)}${inBrackets(plan.holiday)}.`;
  const start = instantOf(date, 0, zoneOf(profile));
  const again = date < today ? '' : opensAgain(scene, start > now ? start : now);
  return `${label} ${is} closed ${day}${inBrackets(plan.holiday)}.${again}`;
}

function describeToday(scene: Scene, { spans, holiday }: DayPlan): string {
  const { profile, channel, now, label } = scene;
  const openings = openingsOn(profile, channel, todayOf(scene));
  if (openings.every(({ opens }) => opens > now) && closesAt(profile, channel, now) === null)
    return `${label} is open today, ${hours(spans)}${inBrackets(holiday)}.`;
  const last = openings.at(-1);
  if (last === undefined || last.closes > now) return describeNow(scene);
  return `${label} closed at ${clock(last.closes, profile)} today${inBrackets(holiday)}.${opensAgain(scene, now)}`;
}

function describeWeek({ profile, channel, label }: Scene): string {
  const usual = { ...profile, holidays: [] };
  const groups: { days: string[]; hours: string }[] = [];
  for (let day = 0; day < DAYS_A_WEEK; day += 1) {
    const date = addDays(A_MONDAY, day);
    const open = hours(planOf(usual, channel, date).spans);
    const last = groups.at(-1);
    if (last?.hours === open) last.days.push(weekday(date));
    else groups.push({ days: [weekday(date)], hours: open });
  }
  const open = groups.filter((group) => group.hours !== '');
  if (open.length === 0) return `${label} has no regular hours.`;
  const closed = groups.filter((group) => group.hours === '').flatMap(({ days }) => days);
  const rest = closed.length === 0 ? '' : ` It is closed on ${list(closed)}.`;
  return `${label} is open ${list(open.map((group) => `${daysOf(group.days)} ${group.hours}`))}.${rest}`;
}

function daysOf(days: readonly string[]): string {
  return days.length > 2 ? `${days[0]} to ${days.at(-1)}` : days.join(' and ');
}

function opensAgain({ profile, channel, now }: Scene, after: Date): string {
  const next = nextOpening(profile, channel, after);
  if (next === null) return '';
  const zone = zoneOf(profile);
  const day = relativeDay(localTime(next, zone).date, localTime(now, zone).date);
  return ` It opens again ${day} at ${clock(next, profile)}.`;
}

/** Within a week the name of the day is enough. */
function relativeDay(date: string, today: string): string {
  if (date === today) return 'today';
  if (date === addDays(today, 1)) return 'tomorrow';
  return `on ${date < addDays(today, DAYS_A_WEEK) ? weekday(date) : longDay(date)}`;
}

const todayOf = ({ profile, now }: Scene): string => localTime(now, zoneOf(profile)).date;
const inBrackets = (holiday: string | null): string => (holiday === null ? '' : ` (${holiday})`);

function hours(spans: readonly TimeSpan[]): string {
  return list(spans.map(([from, to]) => `from ${plain(from)} to ${plain(to)}`));
}

const plain = (time: string): string => time.replace(/^0/, '');

function clock(at: Date, profile: HoursProfile): string {
  const { minutes } = localTime(at, zoneOf(profile));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const weekday = (date: string): string => inEnglish(date, { weekday: 'long' });

/** "Friday, 25 December" */
function longDay(date: string): string {
  return `${weekday(date)}, ${inEnglish(date, { day: 'numeric', month: 'long' })}`;
}

function inEnglish(date: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}
