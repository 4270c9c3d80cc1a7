import { expect, it } from 'vitest';
import { changedScope, fromLocalField, toLocalField } from './changed-scope.ts';

const SCOPE = {
  audience: 'public',
  category: '',
  language: 'en',
  owner: 'Mara',
  valid_from: '',
  valid_until: '',
};

it('tells the server what differs, and takes back what was emptied', () => {
  expect(changedScope(SCOPE, { ...SCOPE, category: ' returns ' })).toEqual({ category: 'returns' });
  expect(changedScope(SCOPE, { ...SCOPE, owner: '  ', language: 'de' })).toEqual({
    language: 'de',
    owner: null,
  });
  expect(changedScope(SCOPE, { ...SCOPE, audience: 'public ' })).toEqual({});
});

it('shows an instant in the reader’s zone and finds it again', () => {
  const iso = '2026-12-31T22:30:00.000Z';
  expect(fromLocalField(toLocalField(iso))).toBe(iso);
  expect(toLocalField(null)).toBe('');
  expect(fromLocalField('')).toBe('');
});
