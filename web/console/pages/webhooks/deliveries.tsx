import type { Delivery } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { ExportLinks } from '../../components/export-links.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { Failure, Skeleton } from '../../components/states.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { useAddressFilter } from '../../data/use-address-filter.ts';
import { useCursorList } from '../../data/use-cursor-list.ts';
import { showTime } from '../../format/show-time.ts';
import { translate, translateValue } from '../../translate.ts';

const STATES = ['dead', 'pending', 'done'];

/** What was delivered, waits, or was given up; a dead one can be sent again. */
export function Deliveries() {
  const [{ state = 'dead' }, narrow] = useAddressFilter(['state']);
  const { busy, run } = useAction();
  const list = useCursorList(state, async (cursor, signal) => {
    const page = await call<{ deliveries: Delivery[]; next_cursor: string | null }>(
      'GET',
      '/api/v1/webhooks/deliveries',
      { query: { state, limit: 100, cursor }, signal },
    );
    return { items: page.deliveries, next: page.next_cursor };
  });
  const replay = (id: string) =>
    run(async () => {
      await call('POST', `/api/v1/webhooks/deliveries/${encodeURIComponent(id)}/replay`);
      tell(translate('webhooks.replayed'));
      list.reload();
    });
  return (
    <Panel
      title={translate('webhooks.deliveries')}
      actions={
        <>
          <ExportLinks list="/api/v1/webhooks/deliveries" query={{ state }} />
          <fieldset class="chips">
            <legend class="visually-hidden">{translate('webhooks.deliveries')}</legend>
            {STATES.map((name) => (
              <button
                key={name}
                type="button"
                class="button small"
                aria-pressed={name === state}
                onClick={() => narrow({ state: name })}
              >
                {translateValue('delivery', name)}
              </button>
            ))}
          </fieldset>
        </>
      }
    >
      {list.state === 'loading' && <Skeleton rows={2} />}
      {list.state === 'failed' && <Failure error={list.error} onRetry={list.reload} />}
      {list.state === 'ready' && list.items.length === 0 && (
        <p class="muted">{translate('webhooks.no_deliveries')}</p>
      )}
      {list.items.length > 0 && (
        <DataTable
          caption={translate('webhooks.deliveries')}
          rows={list.items}
          keyOf={({ id }) => id}
          columns={[
            {
              id: 'type',
              title: translate('webhooks.event'),
              cell: ({ type }) => translateValue('event', type),
            },
            { id: 'kind', title: translate('webhooks.kind'), cell: ({ kind }) => kind, wideOnly: true },
            {
              id: 'attempts',
              title: translate('webhooks.attempts'),
              align: 'end',
              cell: ({ attempts }) => attempts,
            },
            {
              id: 'error',
              title: translate('webhooks.error'),
              cell: ({ last_error: error }) => error ?? '–',
            },
            {
              id: 'at',
              title: translate('webhooks.made'),
              cell: ({ created_at: at }) => showTime(at),
              wideOnly: true,
            },
            {
              id: 'actions',
              title: translate('table.actions'),
              cell: ({ id }) =>
                state === 'dead' && (
                  <button type="button" class="button small" disabled={busy} onClick={() => replay(id)}>
                    {translate('webhooks.replay')}
                  </button>
                ),
            },
          ]}
        />
      )}
      {list.more && (
        <button type="button" class="button small" onClick={list.loadMore}>
          {translate('action.more')}
        </button>
      )}
    </Panel>
  );
}
