import { staff } from '../data/staff.ts';
import { ownId } from '../session/session.ts';
import { snoozeItems } from '../snooze/snooze-items.ts';
import { translate } from '../translate.ts';
import type { Command } from './commands.ts';

type ItemCommand = Omit<Command, 'group'>;

/** `s`: the times to sleep until. @param choose is given a choice of {@link snoozeItems} */
export const snoozeCommand = (choose: (value: string) => void): ItemCommand => ({
  id: 'snooze',
  label: translate('action.snooze'),
  keys: 's',
  icon: 'clock',
  choices: () =>
    snoozeItems().map(({ value, label, detail }) => ({
      id: `snooze-${value}`,
      label: detail ? `${label} · ${detail}` : label,
      group: 'item',
      run: () => choose(value),
    })),
});

/** `a`: oneself, nobody, a colleague. */
export const assignCommand = (assign: (id: string | null) => () => void): ItemCommand => ({
  id: 'assign',
  label: translate('action.assign'),
  keys: 'a',
  icon: 'assign',
  choices: () => [
    { id: 'assign-me', label: translate('action.assign_me'), group: 'item', run: assign(ownId()) },
    { id: 'assign-none', label: translate('action.assign_none'), group: 'item', run: assign(null) },
    ...staff.value
      .filter(({ id }) => id !== ownId())
      .map(({ id, name }) => ({ id: `assign-${id}`, label: name, group: 'item' as const, run: assign(id) })),
  ],
});
