import { useState } from 'preact/hooks';
import { addCustomer } from '../../api/customer-api.ts';
import type { Customer } from '../../api/wire-types.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { describeError } from '../../components/states.tsx';
import { translate } from '../../translate.ts';

export function NewCustomer({
  onClose,
  onAdded,
}: {
  onClose: () => void;
  onAdded: (added: Customer) => void;
}) {
  const [error, setError] = useState<unknown>(null);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const given = [...form].flatMap(([name, value]) =>
      typeof value === 'string' && value ? [[name, value]] : [],
    );
    addCustomer(Object.fromEntries(given) as Record<string, string>)
      .then((added) => {
        onClose();
        onAdded(added);
      })
      .catch(setError);
  };
  return (
    <Dialog
      title={translate('customers.add')}
      onClose={onClose}
      footer={
        <button type="submit" form="new-customer" class="button primary">
          {translate('customers.create')}
        </button>
      }
    >
      <form id="new-customer" class="form" onSubmit={submit}>
        <Field label={translate('field.name')}>
          <input name="name" required />
        </Field>
        <Field label={translate('field.email')}>
          <input name="email" type="email" />
        </Field>
        <Field label={translate('field.phone')}>
          <input name="phone" type="tel" />
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
