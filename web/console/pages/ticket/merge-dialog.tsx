import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { getTicket, mergeTicket } from '../../api/ticket-api.ts';
import type { Ticket } from '../../api/wire-types.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { describeError } from '../../components/states.tsx';
import { ticketAddress } from '../../data/addresses.ts';
import { translate } from '../../translate.ts';

/** Asks for the other ticket, shows it, and only then merges: it cannot be undone. */
export function MergeDialog({ number, onClose }: { number: number; onClose: () => void }) {
  const { route } = useLocation();
  const [text, setText] = useState('');
  const [target, setTarget] = useState<Ticket | null>(null);
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
          <p class="notice">
            #{target.number} {target.subject}
          </p>
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
