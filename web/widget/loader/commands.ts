import type { WidgetCommands } from '../widget-contracts.ts';

export type CommandName = keyof WidgetCommands;
export type CommandTable = { [Name in CommandName]: (...values: WidgetCommands[Name]) => void };

/** The page's one global: `Answerbox('open')`. Never throws into the page; what went wrong goes to `onProblem`. */
export function createEntry(
  table: CommandTable,
  onProblem: (code: string, message: string) => void,
): (name: unknown, ...values: unknown[]) => void {
  return (name, ...values) => {
    try {
      if (typeof name !== 'string' || !Object.hasOwn(table, name)) {
        const known = Object.keys(table).join(', ');
        onProblem('command_unknown', `There is no command ${String(name)}. Known are: ${known}.`);
        return;
      }
      (table[name as CommandName] as (...given: unknown[]) => void)(...values);
    } catch (error) {
      onProblem('command_failed', error instanceof Error ? error.message : String(error));
    }
  };
}

/** A text that a command needs. @throws TypeError */
export function needText(value: unknown, what: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw new TypeError(`${what} must be a text that is not empty`);
}
