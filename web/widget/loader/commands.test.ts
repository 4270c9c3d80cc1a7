import { expect, it, vi } from 'vitest';
import { createEntry, needText, type CommandTable } from './commands.ts';

function table(): CommandTable {
  const names = ['open', 'close', 'toggle', 'hide', 'show', 'ask', 'identify', 'setLocale', 'shutdown', 'on'];
  return Object.fromEntries(names.map((name) => [name, vi.fn()])) as unknown as CommandTable;
}

it('hands a command and its values on', () => {
  const commands = table();
  createEntry(commands, vi.fn())('ask', 'How long?');
  expect(commands.ask).toHaveBeenCalledWith('How long?');
});

it('never throws into the page, and says what was wrong', () => {
  const problem = vi.fn();
  const failing = { ...table(), ask: (value: string) => void needText(value, 'The question') };
  const entry = createEntry(failing, problem);
  entry('opne');
  entry('toString');
  entry(undefined);
  entry('ask', 4);
  expect(problem.mock.calls.map(([code]) => code as string)).toEqual([
    'command_unknown',
    'command_unknown',
    'command_unknown',
    'command_failed',
  ]);
  expect(problem).toHaveBeenLastCalledWith('command_failed', 'The question must be a text that is not empty');
});
