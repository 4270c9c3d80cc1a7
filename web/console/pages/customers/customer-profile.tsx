import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { changeCustomer, getCustomer, type CustomerFields } from '../../api/customer-api.ts';
import type { WholeCustomer } from '../../api/wire-types.ts';
import { Avatar } from '../../components/avatar.tsx';
import { Icon } from '../../components/icon.tsx';
import { StatusBadge, ThreadStateBadge } from '../../components/state-badge.tsx';
import { Failure, Skeleton } from '../../components/states.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { tellFailure } from '../../components/toasts.tsx';
import { BASE, threadAddress, ticketAddress } from '../../data/addresses.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';
import { Consents } from './consents.tsx';
import { CustomerForm } from './customer-form.tsx';
import { MergeCustomer } from './merge-customer.tsx';

export function CustomerProfile({ id, onChange }: { id: string; onChange: () => void }) {
  const { loaded, reload, set } = useLoaded(id, (signal) => getCustomer(id, signal));
  const { route } = useLocation();
  const [merging, setMerging] = useState(false);
  if (loaded.state === 'failed') return <Failure error={loaded.error} onRetry={reload} />;
  if (loaded.state === 'loading') return <Skeleton rows={8} />;
  const customer = loaded.value;
  const editable = may('customers.write') && customer.merged_into === null;
  const save = (fields: CustomerFields) =>
    changeCustomer(id, fields)
      .then((next) => {
        set(() => next);
        onChange();
      })
      .catch(tellFailure);
  const name = customer.name ?? customer.email ?? translate('context.unnamed');
  return (
    <div class="profile">
      <header class="profile-header">
        <a
          class="button icon-only narrow-only"
          href={`${BASE}/customers`}
          aria-label={translate('thread.back')}
        >
          <Icon name="back" />
        </a>
        <Avatar name={name} />
        <h2>{name}</h2>
        {customer.vip && <span class="badge badge-warning">{translate('field.vip')}</span>}
        {customer.verified && <span class="badge badge-good">{translate('customers.verified')}</span>}
        {editable && (
          <button type="button" class="button small" onClick={() => setMerging(true)}>
            <Icon name="merge" /> {translate('customers.merge')}
          </button>
        )}
      </header>
      {customer.merged_into !== null && (
        <p class="notice">
          <a href={`${BASE}/customers/${customer.merged_into}`}>{translate('customers.merged')}</a>
        </p>
      )}
      <CustomerForm customer={customer} editable={editable} onSave={save} />
      <Consents
        customer={customer}
        editable={editable}
        onConsents={(consents) => set((now) => ({ ...now, consents }))}
      />
      <Past customer={customer} />
      {merging && (
        <MergeCustomer
          customer={customer}
          onClose={() => setMerging(false)}
          onMerged={(into) => {
            onChange();
            route(`${BASE}/customers/${into}`);
          }}
        />
      )}
    </div>
  );
}

/** What they have written before, newest first. */
function Past({ customer: { threads, tickets } }: { customer: WholeCustomer }) {
  return (
    <section class="profile-section">
      <h3>{translate('customers.past')}</h3>
      {threads.length + tickets.length === 0 && <p class="muted">{translate('customers.no_past')}</p>}
      <ul class="past">
        {tickets.map(({ number, subject, status, updated_at: at }) => (
          <li key={number}>
            <a href={ticketAddress(number)}>
              #{number} {subject}
            </a>
            <StatusBadge status={status} /> <RelativeTime at={at} />
          </li>
        ))}
        {threads.map(({ id, subject, state, updated_at: at }) => (
          <li key={id}>
            <a href={threadAddress(id)}>{subject || translate('thread.untitled')}</a>
            <ThreadStateBadge state={state} /> <RelativeTime at={at} />
          </li>
        ))}
      </ul>
    </section>
  );
}
