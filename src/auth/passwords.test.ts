import { expect, it } from 'vitest';
import { hasCode } from '../errors.ts';
import { checkPassword } from './passwords.ts';

const reasonFor = (password: string): string | null => {
  try {
    checkPassword(password, ['Ada Quistorp', 'ada@shop.example', 'Northwind']);
    return null;
  } catch (error) {
    if (hasCode(error, 'password_weak')) return String(error.details['reason']);
    throw error;
  }
};

it.each([
  ['short', 'at least 12'],
  ['x'.repeat(300), 'at most 256'],
  ['abababababab', 'too few characters'],
  ['abcdefghijklmnop', 'a row'],
  ['poiuytrewq'.padEnd(12, 'q'), null],
  ['password123456', 'guessers try first'],
  ['northwind2026', 'others know of you'],
  ['Quistorp-2026', 'others know of you'],
  ['correct-horse-battery-staple', null],
  ['правильный пароль', null],
])('of %j says: %s', (password, reason) => {
  const found = reasonFor(password);
  if (reason === null) expect(found).toBeNull();
  else expect(found).toContain(reason);
});
