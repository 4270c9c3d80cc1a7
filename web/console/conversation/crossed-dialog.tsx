import type { DeskEvent } from '../api/wire-types.ts';
import { Dialog } from '../components/dialog.tsx';
import { ownId } from '../session/session.ts';
import { translate } from '../translate.ts';
import { TimelineItem } from './timeline-item.tsx';

interface CrossedDialogProps {
  events: readonly DeskEvent[];
  /** What came after this was not seen while writing. */
  after: number;
  onClose: () => void;
  onSend: () => void;
}

/** Somebody answered meanwhile: their reply, and the question whether this one is still wanted. */
export function CrossedDialog({ events, after, onClose, onSend }: CrossedDialogProps) {
  const others = events.filter(
    ({ message, actor, sequence }) =>
      message?.role === 'staff' && actor.id !== ownId() && (sequence ?? 0) > after,
  );
  return (
    <Dialog
      title={translate('crossed.title')}
      onClose={onClose}
      footer={
        <>
          <button type="button" class="button" onClick={onClose}>
            {translate('crossed.back')}
          </button>
          <button type="button" class="button primary" onClick={onSend}>
            {translate('crossed.send')}
          </button>
        </>
      }
    >
      <p class="muted">{translate('crossed.hint')}</p>
      {others.map((event) => (
        <TimelineItem key={event.id} event={event} before={event} customerName="" />
      ))}
    </Dialog>
  );
}
