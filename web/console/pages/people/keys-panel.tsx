import { useState } from 'preact/hooks';
import type { ApiKey } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ExportLinks } from '../../components/export-links.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { useLoaded } from '../../data/use-loaded.ts';
import { showDay, showTime } from '../../format/show-time.ts';
import { translate } from '../../translate.ts';
import { KeyDialog } from './key-dialog.tsx';

/** Keys of programs: what each may do, when it was used last. */
export function KeysPanel() {
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<ApiKey | null>(null);
  const { loaded, reload } = useLoaded('keys', (signal) =>
    call<{ keys: ApiKey[] }>('GET', '/api/v1/keys', { signal }),
  );
  return (
    <Panel
      title={translate('api_keys.title')}
      hint={translate('api_keys.hint')}
      actions={
        <>
          <ExportLinks list="/api/v1/keys" />
          <button type="button" class="button" onClick={() => setAdding(true)}>
            {translate('api_keys.add')}
          </button>
        </>
      }
    >
      <LoadView loaded={loaded} reload={reload} rows={1}>
        {({ keys }) =>
          keys.length === 0 ? (
            <p class="muted">{translate('api_keys.none')}</p>
          ) : (
            <DataTable
              caption={translate('api_keys.title')}
              rows={keys}
              keyOf={({ id }) => id}
              columns={[
                { id: 'name', title: translate('people.name'), cell: ({ name }) => name },
                { id: 'hint', title: translate('api_keys.begins'), cell: ({ hint }) => <code>{hint}…</code> },
                {
                  id: 'permissions',
                  title: translate('api_keys.permissions'),
                  cell: ({ permissions }) => permissions.join(', '),
                  wideOnly: true,
                },
                {
                  id: 'used',
                  title: translate('api_keys.used'),
                  cell: ({ last_used_at: used }) => showTime(used),
                  wideOnly: true,
                },
                {
                  id: 'expires',
                  title: translate('api_keys.expires'),
                  cell: ({ expires_at: at }) => showDay(at),
                  wideOnly: true,
                },
                {
                  id: 'rate',
                  title: translate('api_keys.rate'),
                  cell: ({ requests_per_minute: rate }) => rate ?? translate('api_keys.rate_usual'),
                  wideOnly: true,
                },
                {
                  id: 'actions',
                  title: translate('table.actions'),
                  cell: (key) => (
                    <button type="button" class="button small danger" onClick={() => setLeaving(key)}>
                      {translate('api_keys.revoke')}
                      <span class="visually-hidden"> {key.name}</span>
                    </button>
                  ),
                },
              ]}
            />
          )
        }
      </LoadView>
      {adding && <KeyDialog onClose={() => setAdding(false)} onAdded={reload} />}
      {leaving && (
        <ConfirmDialog
          title={translate('api_keys.revoke')}
          text={translate('api_keys.revoke_text', { name: leaving.name })}
          action={translate('api_keys.revoke')}
          onClose={() => setLeaving(null)}
          onConfirm={async () => {
            await call('DELETE', `/api/v1/keys/${leaving.id}`);
            reload();
          }}
        />
      )}
    </Panel>
  );
}
