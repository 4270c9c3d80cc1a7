import { moveThread } from '../api/desk-api.ts';
import type { WholeThread } from '../api/wire-types.ts';
import { tell, tellFailure } from '../components/toasts.tsx';
import { useCommands, type Command } from '../hotkeys/commands.ts';
import { assignCommand, snoozeCommand } from '../hotkeys/item-commands.ts';
import { may, ownId } from '../session/session.ts';
import { CUSTOM } from '../snooze/snooze-items.ts';
import { wakeTime, type SnoozeKind } from '../snooze/snooze-options.ts';
import { translate } from '../translate.ts';
import { assignThread, reopenThread, resolveThread, snoozeThread, takeThread } from './thread-actions.ts';

export interface ThreadCommandTools {
  thread: WholeThread;
  setThread: (thread: WholeThread) => void;
  /** Opens the dialog for a date of one's own, the macros, the labels; puts the focus into the composer. */
  open: (what: 'snooze' | 'macros' | 'labels' | 'reply' | 'note') => void;
  /** Leads to the next thread of the list. */
  next: () => void;
}

/** The steps for an open thread, with their keys: once for the menus, the keyboard and the command bar. */
export function useThreadCommands({ thread, setThread, open, next }: ThreadCommandTools): readonly Command[] {
  const closed = thread.state === 'closed';
  const run = (work: () => Promise<unknown>) => () => void work().catch(tellFailure);
  const assign = (id: string | null) => run(() => assignThread(thread, id, setThread));
  const snooze = (value: string) =>
    value === CUSTOM
      ? open('snooze')
      : run(() => snoozeThread(thread, wakeTime(value as SnoozeKind, new Date())))();
  const resolve = () => resolveThread(thread);

  const own = thread.state === 'person' && thread.assignee_id === ownId();
  const takeOver: Omit<Command, 'group'> = {
    id: 'take-over',
    label: translate('action.take_over'),
    keys: 't',
    icon: 'person',
    run: run(() => takeThread(thread, setThread)),
  };
  const handBack: Omit<Command, 'group'> = {
    id: 'hand-back',
    label: translate('action.hand_back'),
    icon: 'handback',
    run: run(async () => {
      setThread(await moveThread(thread.id, 'hand-back'));
      tell(translate('done.handed_back'));
    }),
  };

  const list: readonly Omit<Command, 'group'>[] = [
    ...(closed || own ? [] : [takeOver]),
    { id: 'reply', label: translate('action.reply'), keys: 'r', icon: 'reply', run: () => open('reply') },
    { id: 'note', label: translate('action.note'), keys: 'n', icon: 'note', run: () => open('note') },
    closed
      ? {
          id: 'reopen',
          label: translate('action.reopen'),
          keys: 'e',
          icon: 'undo',
          run: run(() => reopenThread(thread)),
        }
      : { id: 'resolve', label: translate('action.resolve'), keys: 'e', icon: 'check', run: resolve },
    {
      id: 'resolve-next',
      label: translate('action.resolve_next'),
      keys: 'Shift+E',
      icon: 'check',
      run: () => {
        next();
        if (!closed) resolve();
      },
    },
    snoozeCommand(snooze),
    assignCommand(assign),
    { id: 'macro', label: translate('action.macro'), keys: 'm', icon: 'macro', run: () => open('macros') },
    { id: 'label', label: translate('action.label'), keys: 'l', icon: 'tag', run: () => open('labels') },
    ...(thread.state === 'assistant' ? [] : [handBack]),
  ];
  const offered = may('desk.write') ? list.map((command) => ({ ...command, group: 'item' as const })) : [];
  useCommands(offered, `${thread.id} ${offered.map(({ id }) => id).join(' ')}`);
  return offered;
}
