import type { Person } from '../privacy-contracts.ts';

/** Shorter names and numbers are words of others as well. */
const LEAST = { name: 6, phoneDigits: 7, subject: 5 } as const;

/** What stands where a person was named. */
export const STRUCK = '[erased]';

/**
 * Finds a person's addresses, telephone numbers, customer numbers and full names in a text, however numbers are
 * spaced; null when none is long enough to be sure. A first name alone is everybody's.
 */
export function mentionsOf({
  emails,
  phones,
  names,
  subjects,
}: Pick<Person, 'emails' | 'phones' | 'names' | 'subjects'>): RegExp | null {
  const forms = [
    ...emails.map(escape),
    ...phones.flatMap(phoneForms),
    ...names
      .map((name) => name.trim())
      .filter((name) => name.length >= LEAST.name && /\s/.test(name))
      .map((name) => name.split(/\s+/).map(escape).join('\\s+')),
    ...subjects.filter((subject) => subject.length >= LEAST.subject).map(escape),
  ];
  return forms.length === 0
    ? null
    : new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** As it was given, and without its country's code, which has one to three digits and stands for a 0. */
function phoneForms(phone: string): string[] {
  const digits = phone.replace(/\D/g, '');
  const national = phone.trim().startsWith('+') ? [1, 2, 3].map((code) => `0${digits.slice(code)}`) : [];
  return [digits, ...national]
    .filter((one) => one.length >= LEAST.phoneDigits)
    .map((one) => `\\+?\\(?${Array.from(one).join('[ ()/.-]{0,3}')}`);
}
