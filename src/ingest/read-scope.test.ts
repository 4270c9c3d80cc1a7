import { describe, expect, it } from 'vitest';
import { mergeGiven, readScope } from './read-scope.ts';

const source = 'a.md';
/** A shop one hour east of Greenwich. */
const startOfDay = (date: string): Date => new Date(Date.parse(`${date}T00:00:00Z`) - 3_600_000);

describe('readScope', () => {
  it('is public and without limits where nothing is said', () => {
    expect(readScope({}, {}, { source })).toEqual({
      category: null,
      language: null,
      audience: 'public',
      validFrom: null,
      validUntil: null,
      owner: null,
    });
  });

  it('takes days as the shop lives them, the last one included', () => {
    const own = { valid_from: '2026-12-01', valid_until: '2026-12-31' };
    expect(readScope({}, own, { source, startOfDay })).toMatchObject({
      validFrom: '2026-11-30T23:00:00.000Z',
      validUntil: '2026-12-31T23:00:00.000Z',
    });
  });

  it('takes times as they are', () => {
    const given = { valid_until: '2026-12-31T18:00:00+01:00' };
    expect(readScope(given, {}, { source }).validUntil).toBe('2026-12-31T17:00:00.000Z');
  });

  it('puts what was given before what the document says', () => {
    const own = { audience: 'public', category: 'Care', language: 'de-AT' };
    expect(readScope({ audience: 'Staff' }, own, { source })).toMatchObject({
      audience: 'staff',
      category: 'care',
      language: 'de',
    });
  });

  it.each([
    [{ valid_from: '2026-02-30' }, 'valid_from'],
    [{ valid_until: 'soon' }, 'valid_until'],
    [{ valid_from: '2026-05-02', valid_until: '2026-05-01' }, 'valid_until'],
    [{ language: 'the language of the moor' }, 'language'],
    [{ category: 'x'.repeat(61) }, 'category'],
  ])('refuses %o and names the field', (given, field) => {
    expect(() => readScope(given, {}, { source })).toThrow(
      expect.objectContaining({
        code: 'document_scope_invalid',
        details: expect.objectContaining({ field }) as unknown,
      }),
    );
  });
});

it('keeps what was given before until it is given anew or taken back', () => {
  const before = { audience: 'staff', category: 'care' };
  expect(mergeGiven(before, {})).toEqual(before);
  expect(mergeGiven(before, { category: 'hire' })).toEqual({ audience: 'staff', category: 'hire' });
  expect(mergeGiven(before, { audience: null })).toEqual({ category: 'care' });
});
