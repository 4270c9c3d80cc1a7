import { useState } from 'preact/hooks';
import type { CustomerFields } from '../../api/customer-api.ts';
import type { Customer } from '../../api/wire-types.ts';
import { Field } from '../../components/field.tsx';
import { translate } from '../../translate.ts';

interface CustomerFormProps {
  customer: Customer;
  editable: boolean;
  onSave: (fields: CustomerFields) => Promise<void>;
}

const TEXTS = ['name', 'email', 'phone', 'language'] as const;

/** The profile's fields; what was changed is saved by its button alone. */
export function CustomerForm({ customer, editable, onSave }: CustomerFormProps) {
  const [changed, setChanged] = useState<CustomerFields>({});
  const [busy, setBusy] = useState(false);
  const now = { ...customer, ...changed };
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    await onSave(changed);
    setChanged({});
    setBusy(false);
  };
  return (
    <form class="profile-form" onSubmit={(event) => void submit(event)}>
      {TEXTS.map((name) => (
        <Field key={name} label={translate(`field.${name}`)}>
          <input
            disabled={!editable}
            value={now[name] ?? ''}
            onInput={({ currentTarget: { value } }) =>
              setChanged({ ...changed, [name]: value === '' ? null : value })
            }
          />
        </Field>
      ))}
      <Field label={translate('field.notes')}>
        <textarea
          rows={3}
          disabled={!editable}
          value={now.notes}
          onInput={({ currentTarget: { value } }) => setChanged({ ...changed, notes: value })}
        />
      </Field>
      <label class="check-line">
        <input
          type="checkbox"
          disabled={!editable}
          checked={now.vip}
          onChange={({ currentTarget: { checked } }) => setChanged({ ...changed, vip: checked })}
        />
        {translate('customers.vip_label')}
      </label>
      {Object.keys(changed).length > 0 && (
        <div class="form-actions">
          <button type="submit" class="button primary small" disabled={busy}>
            {translate('customers.save')}
          </button>
          <button type="button" class="button small" onClick={() => setChanged({})}>
            {translate('customers.discard')}
          </button>
        </div>
      )}
    </form>
  );
}
