import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readSubject } from '../../src/conversation/read-subject.ts';
import { changesCustomer, noteCustomer } from './changes-customer.ts';

const token = (claims: unknown): string =>
  `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => void vi.unstubAllGlobals());

it('reads the subject, also where it needs more than ASCII', () => {
  expect(readSubject(token({ sub: 'Zoë 名前 ???>>>' }))).toBe('Zoë 名前 ???>>>');
  for (const bad of ['', 'x', 'x.y.z', token({ sub: 4 }), token(null)]) expect(readSubject(bad)).toBe('');
});

it('tells a new customer from a renewed token', () => {
  expect(changesCustomer(token({ sub: 'anna', exp: 1 }))).toBe(false);
  noteCustomer(token({ sub: 'anna', exp: 1 }));
  expect(changesCustomer(token({ sub: 'anna', exp: 2 }))).toBe(false);
  expect(changesCustomer(token({ sub: 'ben' }))).toBe(true);
  noteCustomer(token({ sub: 'ben' }));
  expect(changesCustomer(token({ sub: 'anna' }))).toBe(true);
});
