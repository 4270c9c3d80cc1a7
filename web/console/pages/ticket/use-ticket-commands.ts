import { useLocation } from 'preact-iso';
import { changeTicket } from '../../api/ticket-api.ts';
import type { DraftKind } from '../../api/desk-api.ts';
import type { WholeTicket } from '../../api/wire-types.ts';
import { tellFailure } from '../../components/toasts.tsx';
import { threadAddress } from '../../data/addresses.ts';
import { useCommands, type Command } from '../../hotkeys/commands.ts';
import { assignCommand, snoozeCommand } from '../../hotkeys/item-commands.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';
import { assignTicket } from './ticket-actions.ts';

export interface TicketCommandTools {
  ticket: WholeTicket;
  onTicket: (ticket: WholeTicket) => void;
  onResolve: () => void;
  /** Is given one of the choices of snoozing. */
  onSnooze: (value: string) => void;
  open: (what: 'labels' | 'merge') => void;
}

/** The steps for an open ticket, by the same keys as for a conversation; writing happens in its conversation. */
export function useTicketCommands({ ticket, onTicket, onResolve, onSnooze, open }: TicketCommandTools): void {
  const { route } = useLocation();
  const { number, status, threads } = ticket;
  const done = status === 'resolved' || status === 'closed';
  const run = (work: () => Promise<unknown>) => () => void work().catch(tellFailure);
  const write = (kind: DraftKind) => () => threads[0] && route(threadAddress(threads[0].id, 'all', kind));

  const writing: readonly Omit<Command, 'group'>[] = [
    { id: 'reply', label: translate('action.reply'), keys: 'r', icon: 'reply', run: write('reply') },
    { id: 'note', label: translate('action.note'), keys: 'n', icon: 'note', run: write('note') },
  ];
  const list: readonly Omit<Command, 'group'>[] = [
    ...(threads[0] ? writing : []),
    done
      ? {
          id: 'reopen',
          label: translate('action.reopen'),
          keys: 'e',
          icon: 'undo',
          run: run(async () => onTicket(await changeTicket(number, { status: 'open' }))),
        }
      : { id: 'resolve', label: translate('action.resolve'), keys: 'e', icon: 'check', run: onResolve },
    snoozeCommand(onSnooze),
    assignCommand((id) => run(() => assignTicket(ticket, id, onTicket))),
    { id: 'label', label: translate('action.label'), keys: 'l', icon: 'tag', run: () => open('labels') },
    {
      id: 'merge',
      label: translate('ticket.merge'),
      keys: 'Shift+M',
      icon: 'link',
      run: () => open('merge'),
    },
  ];
  const editable = may('desk.write') && status !== 'merged';
  const offered = editable ? list.map((command) => ({ ...command, group: 'item' as const })) : [];
  useCommands(offered, `ticket ${number} ${String(done)} ${offered.length}`);
}
