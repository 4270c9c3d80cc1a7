import { expect, it } from 'vitest';
import { draftOf, readSpans, showSpans, tableOf } from './hours-draft.ts';

it.each([
  ['08:00–20:00', [['08:00', '20:00']]],
  [
    '8-12, 13:30 - 24',
    [
      ['08:00', '12:00'],
      ['13:30', '24:00'],
    ],
  ],
  ['0930-1730', [['09:30', '17:30']]],
  ['', []],
])('reads %j as spans', (text, spans) => {
  expect(readSpans(text)).toEqual(spans);
});

it('sends what it cannot read as it was typed, for the server to refuse in words', () => {
  expect(readSpans(' eight to ten')).toBe('eight to ten');
  expect(readSpans('8-12, later')).toBe('8-12, later');
});

it('gives back the table that it was made of', () => {
  const table = {
    time_zone: 'Europe/Berlin',
    hours: {
      chat: {
        mon: [
          ['08:00', '12:00'],
          ['13:00', '20:00'],
        ],
      },
      store: {},
    },
    holidays: [
      { date: '2026-12-24', until: '2026-12-26', name: 'Days off', channels: ['store', 'chat'] },
      { date: '2026-12-31', name: 'Eve', hours: [['09:00', '12:00']] },
    ],
  };
  expect(tableOf(draftOf(table))).toEqual(table);
  expect(showSpans(table.hours.chat.mon)).toBe('08:00–12:00, 13:00–20:00');
});
