import { useRef, useState } from 'preact/hooks';
import { addTicket } from '../../api/ticket-api.ts';
import type { Priority, WholeTicket } from '../../api/wire-types.ts';
import { Dialog } from '../../components/dialog.tsx';
import { CategoryInput } from '../../components/category-input.tsx';
import { Field } from '../../components/field.tsx';
import { describeError } from '../../components/states.tsx';
import { teams } from '../../data/teams.ts';
import { translate } from '../../translate.ts';

interface NewTicketProps {
  onClose: () => void;
  onAdded: (added: WholeTicket) => void;
}

const PRIORITIES: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];

/** A ticket for what came by telephone or over the counter; the customer is found by the address, or made. */
export function NewTicket({ onClose, onAdded }: NewTicketProps) {
  const [error, setError] = useState<unknown>(null);
  const busy = useRef(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy.current) return;
    busy.current = true;
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const given = (names: readonly string[]) =>
      Object.fromEntries(
        names.flatMap((name) => {
          const value = form.get(name);
          return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [];
        }),
      );
    addTicket({
      ...given(['subject', 'text', 'priority', 'team_id', 'category']),
      customer: given(['name', 'email', 'phone']),
    })
      .then((added) => {
        onClose();
        onAdded(added);
      })
      .catch(setError)
      .finally(() => (busy.current = false));
  };
  return (
    <Dialog
      title={translate('tickets.add')}
      onClose={onClose}
      footer={
        <button type="submit" form="new-ticket" class="button primary">
          {translate('tickets.create')}
        </button>
      }
    >
      <form id="new-ticket" class="form" onSubmit={submit}>
        <Field label={translate('field.subject')}>
          <input name="subject" required maxLength={200} />
        </Field>
        <Field label={translate('field.first_note')}>
          <textarea name="text" rows={3} />
        </Field>
        <Field label={translate('field.name')}>
          <input name="name" />
        </Field>
        <Field label={translate('field.email')}>
          <input name="email" type="email" />
        </Field>
        <Field label={translate('field.phone')}>
          <input name="phone" type="tel" />
        </Field>
        <Field label={translate('field.priority')}>
          <select name="priority">
            {PRIORITIES.map((priority) => (
              <option key={priority} value={priority} selected={priority === 'normal'}>
                {translate(`priority.${priority}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={translate('field.team_id')}>
          <select name="team_id">
            <option value="">{translate('field.no_team')}</option>
            {teams.value.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field label={translate('field.category')}>
          <CategoryInput name="category" />
        </Field>
        {error !== null && (
          <p class="form-error" role="alert">
            {describeError(error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
