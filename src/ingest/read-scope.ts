import { AnswerboxError } from '../errors.ts';
import { PUBLIC_AUDIENCE, type DocumentScope } from '../stores/contracts.ts';
import type { GivenScope } from './ingest-types.ts';

/** The instant at which a day of the shop ("2026-12-31") begins. */
export type StartOfDay = (date: string) => Date;

const startOfDayUtc: StartOfDay = (date) => new Date(`${date}T00:00:00Z`);

/** Characters of a category or audience at most. */
const LONGEST_WORD = 60;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/i;

/**
 * Words of people as what is stored. What was given with a document goes before what it says of itself.
 * @throws document_scope_invalid
 */
export function readScope(
  given: GivenScope,
  own: GivenScope,
  { source, startOfDay = startOfDayUtc }: { source: string; startOfDay?: StartOfDay | undefined },
): DocumentScope {
  const said = (field: keyof GivenScope): string | null =>
    (given[field] ?? own[field] ?? '').normalize('NFKC').trim() || null;
  const bad = (field: keyof GivenScope, needed: string): AnswerboxError =>
    new AnswerboxError('document_scope_invalid', { source, field, found: said(field) ?? '', needed });
  const word = (field: 'category' | 'audience'): string | null => {
    const value = said(field)?.toLowerCase() ?? null;
    if (value !== null && value.length > LONGEST_WORD) throw bad(field, `at most ${LONGEST_WORD} characters`);
    return value;
  };
  const language = (): string | null => {
    const value = said('language');
    if (value === null) return null;
    if (!/^[a-z]{2,3}(?:[-_][a-z0-9]+)*$/i.test(value))
      throw bad('language', 'a code such as "en" or "de-AT"');
    return value
      .slice(0, 3)
      .replace(/[^a-z]/gi, '')
      .toLowerCase();
  };
  const instant = (field: 'valid_from' | 'valid_until'): string | null => {
    const value = said(field);
    if (value === null) return null;
    const day = DAY.test(value) ? dayAfter(value, field === 'valid_until' ? 1 : 0) : null;
    const at = day !== null ? startOfDay(day) : TIME.test(value) ? new Date(value) : null;
    if (at === null || Number.isNaN(at.getTime()))
      throw bad(field, 'a day such as 2026-12-31 or a time such as 2026-12-31T18:00:00Z');
    return at.toISOString();
  };
  if ((said('owner')?.length ?? 0) > LONGEST_WORD) throw bad('owner', `at most ${LONGEST_WORD} characters`);
  const scope = {
    category: word('category'),
    language: language(),
    audience: word('audience') ?? PUBLIC_AUDIENCE,
    validFrom: instant('valid_from'),
    validUntil: instant('valid_until'),
    owner: said('owner'),
  };
  if (scope.validFrom !== null && scope.validUntil !== null && scope.validUntil <= scope.validFrom)
    throw bad('valid_until', 'a time after valid_from');
  return scope;
}

/** What was given before stays until it is given anew or taken back with null. */
export function mergeGiven(before: GivenScope, now: GivenScope): GivenScope {
  const merged = Object.entries({ ...before, ...now }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged);
}

/** Null for a day that is none ("2026-02-30"). */
function dayAfter(date: string, days: number): string | null {
  const start = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== date) return null;
  return new Date(start + days * 86_400_000).toISOString().slice(0, 10);
}
