import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { listCustomers } from '../../api/customer-api.ts';
import type { Customer } from '../../api/wire-types.ts';
import { Avatar } from '../../components/avatar.tsx';
import { ExportLinks } from '../../components/export-links.tsx';
import { Icon } from '../../components/icon.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Empty, Failure, Skeleton } from '../../components/states.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { BASE, customerAddress } from '../../data/addresses.ts';
import { useAddressFilter } from '../../data/use-address-filter.ts';
import { useCursorList } from '../../data/use-cursor-list.ts';
import { useListCommands } from '../../hotkeys/use-list-commands.ts';
import { may } from '../../session/session.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';
import { CustomerProfile } from './customer-profile.tsx';
import { NewCustomer } from './new-customer.tsx';
import './customers.css';

const ROW_HEIGHT = 53;

/** Customers at the left, one of them at the right. */
export function CustomersPage() {
  const openId = useRoute().params['id'];
  const { route } = useLocation();
  const [{ q: search = '' }, narrow, rest] = useAddressFilter(['q']);
  const [adding, setAdding] = useState(false);
  const list = useCursorList<Customer>(search, (cursor, signal) =>
    listCustomers({ q: search }, cursor, signal),
  );
  const [cursor, setCursor] = useListCommands({
    name: 'customers',
    length: list.items.length,
    rowOf: (index) =>
      document.querySelector<HTMLElement>(`[data-customer="${CSS.escape(list.items[index]?.id ?? '')}"]`),
  });
  return (
    <div class="split" data-open={openId !== undefined}>
      <div class="split-side">
        <PageHeader title={translate('customers.title')}>
          <ExportLinks list="/api/v1/customers" query={{ q: search }} />
          {may('customers.write') && (
            <button type="button" class="button small" onClick={() => setAdding(true)}>
              <Icon name="plus" /> {translate('customers.add')}
            </button>
          )}
        </PageHeader>
        <div class="split-search">
          <SearchField label={translate('customers.search')} value={search} onSearch={(q) => narrow({ q })} />
        </div>
        {list.state === 'failed' && <Failure error={list.error} onRetry={list.reload} />}
        {list.state === 'loading' && <Skeleton rows={12} />}
        {list.state === 'ready' && list.items.length === 0 && (
          <Empty
            icon="customers"
            title={translate('customers.none')}
            hint={translate('customers.none_hint')}
          />
        )}
        {list.state === 'ready' && list.items.length > 0 && (
          <VirtualList
            label={translate('customers.title')}
            items={list.items}
            keyOf={({ id }) => id}
            rowHeight={ROW_HEIGHT}
            more={list.more}
            onEnd={list.loadMore}
            shown={cursor}
            render={(customer, index) => (
              <CustomerRow
                customer={customer}
                address={customerAddress(customer.id) + rest}
                open={customer.id === openId}
                onFocus={() => setCursor(index)}
              />
            )}
          />
        )}
      </div>
      <div class="split-main">
        {openId === undefined ? (
          <Empty
            icon="customers"
            title={translate('customers.choose')}
            hint={translate('customers.choose_hint')}
          />
        ) : (
          <CustomerProfile key={openId} id={openId} onChange={list.reload} />
        )}
      </div>
      {adding && (
        <NewCustomer
          onClose={() => setAdding(false)}
          onAdded={({ id }) => {
            list.reload();
            route(`${BASE}/customers/${id}`);
          }}
        />
      )}
    </div>
  );
}

function CustomerRow({
  customer,
  address,
  open,
  onFocus,
}: {
  customer: Customer;
  address: string;
  open: boolean;
  onFocus: () => void;
}) {
  const { id, name, email, phone, vip } = customer;
  return (
    <a
      href={address}
      class="customer-row"
      data-customer={id}
      onFocus={onFocus}
      {...(open && { 'aria-current': 'true' as const })}
    >
      <Avatar name={name ?? email ?? '?'} />
      <span>
        <strong>{name ?? email ?? phone ?? translate('context.unnamed')}</strong>
        <small class="muted">{[email, phone].filter(Boolean).join(' · ')}</small>
      </span>
      {vip && <span class="badge badge-warning">{translate('field.vip')}</span>}
    </a>
  );
}
