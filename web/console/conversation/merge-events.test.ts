import { expect, it } from 'vitest';
import type { DeskEvent } from '../api/wire-types.ts';
import { gapBefore, mergeEvents } from './merge-events.ts';

const events = (...numbers: number[]): DeskEvent[] =>
  numbers.map((sequence) => ({ sequence }) as unknown as DeskEvent);
const numbers = (list: readonly DeskEvent[]): (number | null)[] => list.map(({ sequence }) => sequence);

it('puts pages before and events after, each once', () => {
  const known = events(51, 52, 53);
  expect(numbers(mergeEvents(known, events(49, 50, 51)))).toEqual([49, 50, 51, 52, 53]);
  expect(numbers(mergeEvents(known, events(53, 54)))).toEqual([51, 52, 53, 54]);
  expect(mergeEvents(known, events(52))).toBe(known);
  expect(numbers(mergeEvents([], events(1, 2)))).toEqual([1, 2]);
});

it('sees what is missing', () => {
  expect(gapBefore(events(1, 2), events(5)[0]!)).toBe(2);
  expect(gapBefore(events(1, 2), events(3)[0]!)).toBeNull();
  expect(gapBefore([], events(3)[0]!)).toBeNull();
});
