import { useState } from 'preact/hooks';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { translate } from '../translate.ts';

const FORM = 'snooze-form';

/** Asks for a day and a time in the reader's zone. */
export function SnoozeDialog({
  onClose,
  onChoose,
}: {
  onClose: () => void;
  onChoose: (until: Date) => void;
}) {
  const [value, setValue] = useState('');
  const until = new Date(value);
  const wrong = value !== '' && !(until.getTime() > Date.now());
  const submit = (event: Event) => {
    event.preventDefault();
    if (value === '' || wrong) return;
    onClose();
    onChoose(until);
  };
  return (
    <Dialog
      title={translate('snooze.title')}
      onClose={onClose}
      footer={
        <button type="submit" form={FORM} class="button primary" disabled={value === '' || wrong}>
          {translate('snooze.submit')}
        </button>
      }
    >
      <form id={FORM} class="form" onSubmit={submit}>
        <Field
          label={translate('snooze.until')}
          hint={translate('snooze.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
        >
          <input
            type="datetime-local"
            value={value}
            aria-invalid={wrong}
            onInput={({ currentTarget }) => setValue(currentTarget.value)}
          />
        </Field>
        {wrong && <p class="form-error">{translate('snooze.past')}</p>}
      </form>
    </Dialog>
  );
}
