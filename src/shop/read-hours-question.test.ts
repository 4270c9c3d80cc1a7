import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HoursProfile } from './hours-profile.ts';
import { readHoursQuestion } from './read-hours-question.ts';

const demo = JSON.parse(readFileSync('data/shop/profile.json', 'utf8')) as HoursProfile;
/** A Saturday, noon in Berlin. */
const NOW = new Date('2026-11-21T12:00:00+01:00');
const read = (question: string, now = NOW): string => {
  const asked = readHoursQuestion(question, now, demo);
  return asked === null ? 'null' : [asked.channel ?? 'any', asked.about, ...asked.dates].join(' ');
};

describe('a question on hours', () => {
  it.each([
    ['are you open now?', 'any now'],
    ['Are you open?', 'any now'],
    ['are you guys still open', 'any now'],
    ['r u open rn? are you open right now', 'any now'],
    ['Is the store open?', 'store now'],
    ['Hi, is your workshop open at the moment?', 'workshop now'],
    ['Is the phone line open yet?', 'phone now'],
    ['is the chat still open today', 'chat now'],
    ['open now?', 'any now'],
    ['shop open?', 'store now'],
    ['open on Sunday?', 'any day 2026-11-22'],
    ['Are you open on Sundays?', 'any day 2026-11-22'],
    ['Are you open today?', 'any day 2026-11-21'],
    ['Are you open on Saturday?', 'any day 2026-11-21'],
    ['Are you open next Saturday?', 'any day 2026-11-28'],
    ['Will the shop be open tomorrow?', 'store day 2026-11-22'],
    ['is the workshop open the day after tomorrow', 'workshop day 2026-11-23'],
    ['Is the store open on 24 December?', 'store day 2026-12-24'],
    ['Are you open on December 24th, 2027?', 'any day 2027-12-24'],
    ['are you open on the 24th of december', 'any day 2026-12-24'],
    ['Are you open on 24.12.?', 'any day 2026-12-24'],
    ['Are you closed on 2026-12-31?', 'any day 2026-12-31'],
    ['are you open on the 3rd?', 'any day 2026-12-03'],
    ['Is the shop open on New Year’s Eve?', 'store day 2026-12-31'],
    ['Are you open on Christmas Eve?', 'any day 2026-12-24'],
    ['are you open at Christmas?', 'any day 2026-12-24 2026-12-25 2026-12-26'],
    ['Are you open on Good Friday?', 'any day 2027-03-26'],
    ['are you open over easter', 'any day 2027-03-26 2027-03-29'],
    ['Is the store open on Ascension Day?', 'store day 2027-05-06'],
    ['are you open this weekend?', 'any day 2026-11-21 2026-11-22'],
    ['When do you close today?', 'any day 2026-11-21'],
    ['when do you close?', 'any day 2026-11-21'],
    ['How late are you open tonight?', 'any day 2026-11-21'],
    ['until when is the store open?', 'store day 2026-11-21'],
    ['What time does the store open on Monday?', 'store day 2026-11-23'],
    ['What time do you open?', 'any week'],
    ['When are you open?', 'any week'],
    ['What are the opening hours of the store?', 'store week'],
    ["What are the store's opening hours on Saturday?", 'store day 2026-11-21'],
    ['Could you tell me when the store opens tomorrow?', 'store day 2026-11-22'],
    ['Do you know if the workshop is open on Monday?', 'workshop day 2026-11-23'],
    ['when you open', 'any week'],
    ['Your opening times please', 'any week'],
    ['what are your hours?', 'any week'],
    ['phone hours?', 'phone week'],
    ['When can I call you?', 'phone week'],
    ['Can I ring you on Monday?', 'phone day 2026-11-23'],
    ['Until when can I reach you by phone today?', 'phone day 2026-11-21'],
    ['When can I come to the workshop counter on Saturday?', 'workshop day 2026-11-21'],
    ['can i still come by today?', 'store now'],
    ['Is anyone there on Sunday?', 'any day 2026-11-22'],
    ['Do you have Sunday opening?', 'any day 2026-11-22'],
    ['do you open at 9 on mondays', 'any day 2026-11-23'],
    ['hi, you guys open yet?', 'any now'],
    ['is the shop open tommorow??', 'store day 2026-11-22'],
    ['When will your workshop be open again?', 'workshop now'],
    ['when do you reopen', 'any now'],
    ['Does anybody answer the telephone in the afternoon of 24 December?', 'phone day 2026-12-24'],
    ['Is the live chat manned on good friday', 'chat day 2027-03-26'],
    ['Which hours does the store keep on 27 March, the Saturday before Easter?', 'store day 2027-03-27'],
  ])('is %j: %s', (question, expected) => expect(read(question)).toBe(expected));

  it.each([
    'How do I open my account?',
    'Can I open the parcel before I decide to keep it?',
    'The zip of my tent does not close any more. Do you repair that?',
    'Do you close my account when I ask for it?',
    'Is it open at the back?',
    'Is my order still open?',
    'Are the invoices still open?',
    'When does the sale close?',
    'When is my order going to arrive?',
    'How many hours does the Glimmer 300 last on red light?',
    'How many working hours does an apprentice have?',
    'Is the web shop open on Sunday?',
    'How do I open a return?',
    'Does the jacket have an open hood?',
    'Are you open to negotiation on prices?',
    'Are you open on public holidays?',
    'What does delivery on Saturday cost?',
    'Will my parcel arrive tomorrow?',
    'Can I return it on Monday in the store?',
    'Can I call the courier?',
    'What is your phone number?',
    'Do you have the boots in the shop now?',
    'I ordered on 24 December. When does the return period end?',
    'How long is the gift card valid?',
    'Are applications for the apprenticeship still open?',
    'What should I do when the counter is closed and I have my boots with me?',
    'How long do you keep my data?',
    'Do you open wine bottles?',
    '',
    '?',
  ])('is not %j', (question) => expect(read(question)).toBe('null'));

  it.each([
    ['Is the café open on Monday?', 'cafe day 2026-11-23'],
    ['cafe hours tomorrow?', 'cafe day 2026-11-22'],
    ['Is the garden centre still open?', 'garden_centre now'],
    ['When does your garden-centre close today?', 'garden_centre day 2026-11-21'],
    ['Would you still be open at five on Wednesday?', 'any day 2026-11-25'],
    ['is it too late to pop in?', 'any now'],
    ['open easter sunday?', 'any day 2027-03-28'],
    ['Do you sell cafe chairs?', 'null'],
  ])('asks for a place by the name that the owner gave it: %j: %s', (question, expected) => {
    const day: [string, string] = ['09:00', '17:00'];
    const profile: HoursProfile = {
      time_zone: 'Europe/London',
      hours: { garden_centre: { mon: day }, cafe: { tue: day } },
      holidays: [{ date: '2027-03-28', name: 'Easter Sunday' }],
    };
    const asked = readHoursQuestion(question, NOW, profile);
    const said = asked === null ? 'null' : [asked.channel ?? 'any', asked.about, ...asked.dates].join(' ');
    expect(said).toBe(expected);
  });

  it('counts days in the time zone of the shop', () => {
    const late = new Date('2026-11-21T23:30:00Z');
    expect(read('are you open tomorrow?', late)).toBe('any day 2026-11-23');
    expect(read('are you open on 29 February?', late)).toBe('any day 2028-02-29');
    expect(read('are you open on 30 February?', late)).toBe('any now');
  });

  it('takes no long time for a long text', () => {
    for (const text of [
      'are you '.repeat(5_000),
      'open the '.repeat(5_000),
      'the your '.repeat(5_000),
      '1'.repeat(40_000),
      'when '.repeat(8_000),
    ])
      expect(readHoursQuestion(text, NOW, demo)).toBeNull();
  });

  it('is found among the questions for tuning where there is one, and nowhere else', () => {
    const lines = readFileSync('data/shop/questions.tune.jsonl', 'utf8').trim().split('\n');
    const asked = lines.map((line) => JSON.parse(line) as { q: string; doc_id?: string; doc_ids?: string[] });
    const found = asked.filter(({ q }) => readHoursQuestion(q, NOW, demo) !== null);
    for (const { doc_id, doc_ids } of found)
      expect([doc_id, ...(doc_ids ?? [])]).toContain('contact/opening-hours.html');
    expect(found.length).toBeGreaterThan(0);
  });
});
