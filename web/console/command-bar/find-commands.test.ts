import { expect, it } from 'vitest';
import type { Command } from '../hotkeys/commands.ts';
import { findCommands } from './find-commands.ts';

const command = (label: string, more: Partial<Command> = {}): Command => ({
  id: label,
  label,
  group: 'item',
  ...more,
});
const ALL = [
  command('Resolve'),
  command('Go to tickets', { words: 'issues' }),
  command('Next', { hidden: true }),
];
const labels = (text: string): string[] => findCommands(ALL, text).map(({ label }) => label);

it('finds by the beginnings of words, in any order, and offers all to no words', () => {
  expect(labels('')).toEqual(['Resolve', 'Go to tickets']);
  expect(labels('tick go')).toEqual(['Go to tickets']);
  expect(labels('iss')).toEqual(['Go to tickets']);
  expect(labels('solve')).toEqual([]);
});
