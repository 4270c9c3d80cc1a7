/** Words that end in a full stop without ending a sentence; all lower-cased, with their stop. */

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Never the end of a sentence: something always follows. */
const ALWAYS_OPEN = words(`
  e.g. i.e. eg. ie. mr. mrs. ms. mx. dr. prof. hon. rev. approx. appr. ca. vs. cf. viz. incl. excl. resp.
  z.b. d.h. u.a. i.d.r. bzw. inkl. exkl. zzgl. evtl. ggf. sog. vgl. hr. fr. mme. m.w.`);

/** Open when a number follows: "No. 5", "Tel. +49". "No. We do not." ends. */
const OPEN_BEFORE_NUMBER = words(`
  no. nos. nr. art. fig. figs. sec. sect. vol. p. pp. pg. ch. para. tel. ph. ext. max. min. abs. ver. v. rev. ed.
  eq. ref. qty. pos. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. mon. tue. tues. wed. thu. thur.
  thurs. fri. sat. sun.`);

/** Open unless the next word usually begins a sentence: "Main St. Gallery", "Acme Inc. Berlin". */
const OPEN_BEFORE_NAME = words(`
  st. inc. ltd. co. corp. bros. llc. plc. jr. sr. ave. blvd. rd. sq. mt. ft. dept. est. str. gov. sen. rep. gen.
  u.s. u.k. u.s.a. e.u. u.n. d.c. p.o. ph.d. b.sc. m.sc.`);

const DAY_HALVES = words('a.m. p.m.');

const TIME_WORDS = words(`
  monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
  sundays january february march april may june july august september october november december mon tue wed thu fri
  sat sun cet cest gmt utc bst est edt pst pdt mst mdt cst cdt et pt ct mt eastern pacific central`);

const GERMAN_MONTHS = words(`
  januar februar märz april mai juni juli august september oktober november dezember jänner jahrhundert`);

const SENTENCE_STARTERS = words(`
  a an the this that these those we you it they he she i our your their its his her my one if when where what which
  who how why while as at by for from in on to of with without within until unless after before during since because
  although though however then there here now once only also still and but or so no not yes never always please do
  does did is are was were can could may might must shall should will would have has all any both each every either
  some most many more other such another see use call send contact write order open close click choose press enter
  check return returns orders parcels delivery shipping customers items prices wir sie der die das wenn bitte ein
  eine es im am bei für`);

/** Words after which a lone capital letter is a label, not somebody's initial. */
const LABELS = words(`
  size plan type option class step vitamin version zone model grade group terminal gate hall building section
  appendix annex part category level tier point row block unit platform exit`);

/**
 * Says whether a stop after `word` leaves the sentence open.
 * `word` is the last word with its stop(s), `before` the word in front of it ('' at a sentence start),
 * `next` the first word that follows, number signs included.
 */
export function leavesSentenceOpen(word: string, before: string, next: string): boolean {
  const lower = word.toLowerCase();
  const follower = next.toLowerCase();
  if (ALWAYS_OPEN.has(lower)) return true;
  if (DAY_HALVES.has(lower)) return TIME_WORDS.has(follower);
  if (OPEN_BEFORE_NUMBER.has(lower) && /^[\p{N}+#(€$£]/u.test(next)) return true;
  if (OPEN_BEFORE_NAME.has(lower)) return !SENTENCE_STARTERS.has(follower);
  if (/^\p{Lu}\.$/u.test(word)) return isInitial(before, next);
  return /^\d{1,2}\.$/.test(word) && GERMAN_MONTHS.has(follower);
}

function isInitial(before: string, next: string): boolean {
  if (!/^\p{Lu}/u.test(next) || SENTENCE_STARTERS.has(next.toLowerCase())) return false;
  return before === '' || (/^\p{Lu}/u.test(before) && !LABELS.has(before.toLowerCase()));
}
