import type { DocumentRecord } from '../stores/contracts.ts';
import type { StaleDocument } from '../stores/health-contracts.ts';
import { splitSentences } from '../text/split-sentences.ts';
import { HEALTH } from './health-settings.ts';

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const MONTH = MONTHS.map((month) => `${month.slice(0, 3)}(?:${month.slice(3)})?`).join('|');
/** "31.12.2024", "12/31/2024": which number is the day is settled by `endOf`. */
const NUMERIC = String.raw`(?<first>\d{1,2})(?<mark>[./])(?<second>\d{1,2})[./](?<full>(?:19|20)\d{2})`;
/** "until 31 December 2024", "until 31.12.2024", "gültig bis 31.12.2024", "valid through March 2025", "ends on 2024-12-31", "by the end of 2023". */
const ENDING = new RegExp(
  `\\b(?:until|till|through|valid (?:to|until|through)|ends? (?:on|in)|expires? (?:on|in)|by the end of|up to and including|bis(?: zum)?|jusqu[’']au|hasta(?: el)?)\\s+` +
    `(?:the\\s+)?(?:(?<iso>\\d{4}-\\d{2}-\\d{2})|${NUMERIC}|(?:(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?)?(?<month>${MONTH})\\.?\\s*(?:(?<usday>\\d{1,2})(?:st|nd|rd|th)?,?\\s+)?(?<year>\\d{4})|(?<only>(?:19|20)\\d{2}))\\b`,
  'giu',
);

/** Stale: nobody touched it for long, or it speaks of an end that has passed. */
export function findStale(document: DocumentRecord, text: string, now: Date): StaleDocument[] {
  const { id: documentId, title, updatedAt } = document;
  const found: StaleDocument[] = [];
  const ended = firstEnded(text, now);
  if (ended !== null) found.push({ documentId, title, updatedAt, reason: 'date_passed', quote: ended });
  if (now.getTime() - Date.parse(updatedAt) > HEALTH.staleDays * 86_400_000)
    found.push({ documentId, title, updatedAt, reason: 'not_updated', quote: null });
  return found;
}

/** The sentence that names an end before now. */
function firstEnded(text: string, now: Date): string | null {
  for (const match of text.matchAll(ENDING)) {
    const end = endOf(match.groups ?? {});
    if (end === null || end.getTime() >= now.getTime()) continue;
    const around = Math.max(0, match.index - 400);
    const sentence = splitSentences(text, around, Math.min(text.length, match.index + 400)).find(
      (span) => span.start <= match.index && span.end > match.index,
    );
    return sentence ? text.slice(sentence.start, sentence.end) : match[0];
  }
  return null;
}

/** The last moment of the day, month or year that is named. */
function endOf(groups: Record<string, string | undefined>): Date | null {
  const { iso, first, mark, second, full, day, month, usday, year, only } = groups;
  const endOfDay = (time: number): Date => new Date(time + 86_400_000 - 1);
  if (iso !== undefined) return Number.isNaN(Date.parse(iso)) ? null : endOfDay(Date.parse(iso));
  if (first !== undefined) {
    const [one, other] = [Number(first), Number(second)];
    // With dots the day comes first. "03/04/2025" is two days: over only when both are.
    const readings =
      mark === '.'
        ? [[one, other]]
        : [
            [one, other],
            [other, one],
          ];
    const ends = readings.flatMap(([date = 0, place = 0]) =>
      place >= 1 && place <= 12 && date >= 1 && date <= 31 ? Date.UTC(Number(full), place - 1, date) : [],
    );
    return ends.length === 0 ? null : endOfDay(Math.max(...ends));
  }
  if (only !== undefined) return new Date(Date.UTC(Number(only) + 1, 0, 1) - 1);
  const number = MONTHS.findIndex((name) => name.startsWith((month ?? '').toLowerCase().slice(0, 3)));
  if (number < 0 || year === undefined) return null;
  const date = Number(day ?? usday ?? 0);
  return date > 0
    ? endOfDay(Date.UTC(Number(year), number, date))
    : new Date(Date.UTC(Number(year), number + 1, 1) - 1);
}
