import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getTicket, mergeTicket } from '../../api/ticket-api.ts';
import type { WholeTicket } from '../../api/wire-types.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { describeError } from '../../components/states.tsx';
import { ticketAddress } from '../../data/addresses.ts';
import { translate, translateValue } from '../../translate.ts';

const isDone = ({ status }: WholeTicket): boolean => status === 'resolved' || status === 'closed';

function contactOf({ contact, customer }: WholeTicket): string {
  const known = [contact.name ?? customer?.name, contact.email ?? customer?.email, contact.phone];
  return known.filter(Boolean).join(', ') || translate('merge.no_contact');
}

/** One of the two tickets: what it is about, how it stands, whom it is for. */
function MergedTicket({ ticket }: { ticket: WholeTicket }) {
  const { number, subject, status, priority } = ticket;
  return (
    <p class="notice">
      #{number} {subject}
      <br />
      {[translateValue('status', status), translateValue('priority', priority), contactOf(ticket)].join(
        ' · ',
      )}
    </p>
  );
}

/** Asks for the other ticket, shows both, and only then merges: it cannot be undone. */
export function MergeDialog({ ticket, onClose }: { ticket: WholeTicket; onClose: () => void }) {
  const { number } = ticket;
  const { route } = useLocation();
  const [text, setText] = useState('');
  const [target, setTarget] = useState<WholeTicket | null>(null);
  const [error, setError] = useState<unknown>(null);
  const into = Number(text.replace('#', ''));
  const submit = (event: Event) => {
    event.preventDefault();
    setError(null);
    const work =
      target?.number === into
        ? mergeTicket(number, into).then(() => {
            onClose();
            route(ticketAddress(into));
          })
        : getTicket(into).then(setTarget);
    work.catch(setError);
  };
  return (
    <Dialog
      title={translate('merge.title', { number })}
      onClose={onClose}
      footer={
        <button type="submit" form="merge" class="button primary" disabled={!(into > 0)}>
          {translate(target?.number === into ? 'merge.submit' : 'merge.look')}
        </button>
      }
    >
      <form id="merge" class="form" onSubmit={submit}>
        <Field label={translate('merge.into')} hint={translate('merge.hint')}>
          <input
            inputMode="numeric"
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </Field>
        {target?.number === into && (
          <>
            <MergedTicket ticket={ticket} />
            <MergedTicket ticket={target} />
            {isDone(target) && !isDone(ticket) && <p>{translate('merge.reopens', { number: into })}</p>}
          </>
        )}
        {error !== null && (
          <p class="form-error" role="alert">
            {describeError(error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
