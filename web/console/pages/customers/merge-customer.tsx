import { useState } from 'preact/hooks';
import { listCustomers, mergeCustomer } from '../../api/customer-api.ts';
import type { Customer } from '../../api/wire-types.ts';
import { Dialog } from '../../components/dialog.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { describeError } from '../../components/states.tsx';
import { useLoaded } from '../../data/use-loaded.ts';
import { translate } from '../../translate.ts';

interface MergeCustomerProps {
  customer: Customer;
  onClose: () => void;
  onMerged: (into: string) => void;
}

/** Who this customer is as well: found, chosen, then merged, which cannot be undone. */
export function MergeCustomer({ customer, onClose, onMerged }: MergeCustomerProps) {
  const [search, setSearch] = useState('');
  const [into, setInto] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { loaded } = useLoaded(search, (signal) => listCustomers({ q: search }, null, signal));
  const others = (loaded.value?.items ?? []).filter(({ id }) => id !== customer.id).slice(0, 8);
  const merge = () => {
    if (into === null) return;
    mergeCustomer(customer.id, into)
      .then(() => {
        onClose();
        onMerged(into);
      })
      .catch(setError);
  };
  return (
    <Dialog
      title={translate('customers.merge_title', { name: customer.name ?? customer.email ?? '' })}
      onClose={onClose}
      footer={
        <button type="button" class="button primary" disabled={into === null} onClick={merge}>
          {translate('customers.merge')}
        </button>
      }
    >
      <div class="form">
        <p class="muted">{translate('customers.merge_hint')}</p>
        <SearchField label={translate('customers.search')} value={search} onSearch={setSearch} />
        {others.map(({ id, name, email }) => (
          <label key={id} class="check-line">
            <input type="radio" name="into" checked={into === id} onChange={() => setInto(id)} />
            {[name, email].filter(Boolean).join(' · ') || id}
          </label>
        ))}
        {error !== null && (
          <p class="form-error" role="alert">
            {describeError(error)}
          </p>
        )}
      </div>
    </Dialog>
  );
}
