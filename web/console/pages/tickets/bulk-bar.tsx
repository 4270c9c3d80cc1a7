import { useState } from 'preact/hooks';
import { changeTickets, type TicketChange } from '../../api/ticket-api.ts';
import { Icon } from '../../components/icon.tsx';
import { Menu } from '../../components/menu.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { tell, tellFailure } from '../../components/toasts.tsx';
import { staff } from '../../data/staff.ts';
import { translate } from '../../translate.ts';
import type { Selection } from './selection.ts';

interface BulkBarProps {
  selection: Selection;
  onClear: () => void;
  onDone: (failed: readonly number[]) => void;
}

interface Failed {
  number: number;
  message: string;
}

const STATUSES = ['open', 'pending', 'resolved', 'closed'] as const;
const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;

/** Steps for all chosen tickets at once; it says how many went well, and of the others why not. */
export function BulkBar({ selection, onClear, onDone }: BulkBarProps) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<readonly Failed[]>([]);
  const change = async (what: TicketChange) => {
    setBusy(true);
    try {
      const result = await changeTickets([...selection], what);
      tell(translate('bulk.result', { done: result.done.length, failed: result.failed.length }));
      setFailed(result.failed);
      onDone(result.failed.map(({ number }) => number));
    } catch (error) {
      tellFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const run = (what: TicketChange) => void change(what);
  return (
    <div class="bulk-bar" role="region" aria-label={translate('bulk.title')}>
      <strong>{translate('bulk.count', { count: selection.size })}</strong>
      <Menu
        class="button small"
        disabled={busy}
        trigger={translate('field.status')}
        items={STATUSES.map((value) => ({ value, label: translate(`status.${value}`) }))}
        onSelect={(value) => run({ status: value as (typeof STATUSES)[number] })}
      />
      <Menu
        class="button small"
        disabled={busy}
        trigger={translate('field.priority')}
        items={PRIORITIES.map((value) => ({ value, label: translate(`priority.${value}`) }))}
        onSelect={(value) => run({ priority: value as (typeof PRIORITIES)[number] })}
      />
      <Menu
        class="button small"
        disabled={busy}
        trigger={translate('field.assignee_id')}
        items={[
          { value: '', label: translate('thread.nobody') },
          ...staff.value.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onSelect={(value) => run({ assignee_id: value === '' ? null : value })}
      />
      <button type="button" class="button small quiet" onClick={onClear}>
        <Icon name="close" /> {translate('bulk.clear')}
      </button>
      {failed.length > 0 && (
        <Dialog title={translate('bulk.failed')} onClose={() => setFailed([])}>
          <ul class="bullets">
            {failed.map(({ number, message }) => (
              <li key={number}>
                #{number}: {message}
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </div>
  );
}
