import { closesAt, nextOpening, openingsOn, planOf, type DayPlan } from './business-hours.ts';
import { channelsOf, zoneOf, type HoursProfile, type TimeSpan } from './hours-profile.ts';
import type { HoursQuestion } from './read-hours-question.ts';
import type { Say } from '../messages/say.ts';
import { sayList } from '../messages/say-values.ts';
import { addDays, instantOf, localTime } from './zoned-time.ts';
import { dateFormat } from '../text/intl-formats.ts';

/** Channels whose name is written in every language; any other is called by its own name. */
const LABELLED = ['phone', 'chat', 'store', 'workshop'] as const;
/** Monday first; any week will do. */
const A_MONDAY = '2024-01-01';
const DAYS_A_WEEK = 7;

interface Scene {
  profile: HoursProfile;
  channel: string;
  now: Date;
  label: string;
  say: Say;
}

/**
 * The answer to a question on hours, in one to a few short sentences of the asker's language.
 * @returns null when the profile has no hours for the channel
 */
export function describeHours(
  profile: HoursProfile,
  question: HoursQuestion,
  now: Date,
  say: Say,
): string | null {
  const channel = question.channel ?? defaultChannel(profile);
  if (channel === null || !channelsOf(profile).includes(channel)) return null;
  const scene = { profile, channel, now, label: labelOf(channel, say), say };
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
  const { profile, channel, now, label, say } = scene;
  const closes = closesAt(profile, channel, now);
  if (closes === 'never') return say('hours.always', { label });
  const today = todayOf(scene);
  const { holiday } = planOf(profile, channel, today);
  if (closes !== null) {
    const { date } = localTime(closes, zoneOf(profile));
    const day = date === today ? say('day.today') + inBrackets(holiday) : nameOfDay(date, today, say);
    return say('hours.openUntil', { label, time: clock(closes, profile), day });
  }
  const opens = holiday === null || openingsOn(profile, channel, today).length > 0;
  const values = { label, holiday: inBrackets(holiday) };
  return say(opens ? 'hours.closedNow' : 'hours.closedToday', values) + opensAgain(scene, now);
}

function describeDay(scene: Scene, date: string): string {
  const { profile, channel, now, label, say } = scene;
  const today = todayOf(scene);
  const plan = planOf(profile, channel, date);
  if (date === today && plan.spans.length > 0) return describeToday(scene, plan);
  const past = date < today;
  const day = date === today ? say('day.today') : say('day.on', { day: longDay(date, say) });
  const values = { label, day, holiday: inBrackets(plan.holiday) };
  if (plan.spans.length > 0)
    return say(past ? 'hours.wasOpen' : 'hours.open', { ...values, hours: hours(plan.spans, say) });
  const start = instantOf(date, 0, zoneOf(profile));
  const again = past ? '' : opensAgain(scene, start > now ? start : now);
  return say(past ? 'hours.wasClosed' : 'hours.closed', values) + again;
}

function describeToday(scene: Scene, { spans, holiday }: DayPlan): string {
  const { profile, channel, now, label, say } = scene;
  const openings = openingsOn(profile, channel, todayOf(scene));
  if (openings.every(({ opens }) => opens > now) && closesAt(profile, channel, now) === null)
    return say('hours.open', {
      label,
      day: say('day.today'),
      hours: hours(spans, say),
      holiday: inBrackets(holiday),
    });
  const last = openings.at(-1);
  if (last === undefined || last.closes > now) return describeNow(scene);
  const values = { label, time: clock(last.closes, profile), holiday: inBrackets(holiday) };
  return say('hours.closedAt', values) + opensAgain(scene, now);
}

function describeWeek({ profile, channel, label, say }: Scene): string {
  const usual = { ...profile, holidays: [] };
  const groups: { days: string[]; hours: string }[] = [];
  for (let day = 0; day < DAYS_A_WEEK; day += 1) {
    const date = addDays(A_MONDAY, day);
    const open = hours(planOf(usual, channel, date).spans, say);
    const last = groups.at(-1);
    if (last?.hours === open) last.days.push(weekday(date, say));
    else groups.push({ days: [weekday(date, say)], hours: open });
  }
  const open = groups.filter((group) => group.hours !== '');
  if (open.length === 0) return say('hours.none', { label });
  const closed = groups.filter((group) => group.hours === '').flatMap(({ days }) => days);
  const rest = closed.length === 0 ? '' : ` ${say('hours.weekClosed', { days: sayList(closed, say) })}`;
  const days = sayList(
    open.map((group) => `${daysOf(group.days, say)} ${group.hours}`),
    say,
  );
  return say('hours.week', { label, days }) + rest;
}

function daysOf(days: readonly string[], say: Say): string {
  if (days.length <= 2) return sayList(days, say);
  return say('hours.dayRange', { first: days[0] ?? '', last: days.at(-1) ?? '' });
}

function opensAgain({ profile, channel, now, say }: Scene, after: Date): string {
  const next = nextOpening(profile, channel, after);
  if (next === null) return '';
  const zone = zoneOf(profile);
  const day = relativeDay(localTime(next, zone).date, localTime(now, zone).date, say);
  return ` ${say('hours.again', { day, time: clock(next, profile) })}`;
}

/** "today", "tomorrow", "on Monday". */
function relativeDay(date: string, today: string, say: Say): string {
  const day = nameOfDay(date, today, say);
  return date === today || date === addDays(today, 1) ? day : say('day.on', { day });
}

/** Within a week the name of the day is enough. */
function nameOfDay(date: string, today: string, say: Say): string {
  if (date === today) return say('day.today');
  if (date === addDays(today, 1)) return say('day.tomorrow');
  return date < addDays(today, DAYS_A_WEEK) ? weekday(date, say) : longDay(date, say);
}

function labelOf(channel: string, say: Say): string {
  const known = LABELLED.find((one) => one === channel);
  return known
    ? say(`hours.label.${known}`)
    : say('hours.label.other', { channel: channel.replaceAll('_', ' ') });
}

const todayOf = ({ profile, now }: Scene): string => localTime(now, zoneOf(profile)).date;
const inBrackets = (holiday: string | null): string => (holiday === null ? '' : ` (${holiday})`);

function hours(spans: readonly TimeSpan[], say: Say): string {
  return sayList(
    spans.map(([from, to]) => say('hours.span', { from: plain(from), to: plain(to) })),
    say,
  );
}

const plain = (time: string): string => time.replace(/^0/, '');

function clock(at: Date, profile: HoursProfile): string {
  const { minutes } = localTime(at, zoneOf(profile));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

const weekday = (date: string, say: Say): string => inWords(date, { weekday: 'long' }, say);

/** "Friday, 25 December", "Freitag, 25. Dezember". */
function longDay(date: string, say: Say): string {
  return `${weekday(date, say)}, ${inWords(date, { day: 'numeric', month: 'long' }, say)}`;
}

function inWords(date: string, options: Intl.DateTimeFormatOptions, say: Say): string {
  return dateFormat(say.tag, { ...options, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}
