import { useState } from 'preact/hooks';
import type { User } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ExportLinks } from '../../components/export-links.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { useLoaded } from '../../data/use-loaded.ts';
import { showTime } from '../../format/show-time.ts';
import { translate, translateValue } from '../../translate.ts';
import { UserDialog } from './user-dialog.tsx';

export function UsersPanel() {
  const [editing, setEditing] = useState<User | 'new' | null>(null);
  const { loaded, reload } = useLoaded('users', (signal) =>
    call<{ users: User[] }>('GET', '/api/v1/users', { signal }),
  );
  return (
    <Panel
      title={translate('people.users')}
      actions={
        <>
          <ExportLinks list="/api/v1/users" />
          <button type="button" class="button" onClick={() => setEditing('new')}>
            {translate('people.add')}
          </button>
        </>
      }
    >
      <LoadView loaded={loaded} reload={reload}>
        {({ users }) => (
          <DataTable
            caption={translate('people.users')}
            rows={users}
            keyOf={({ id }) => id}
            columns={[
              { id: 'name', title: translate('people.name'), cell: ({ name }) => name },
              { id: 'email', title: translate('sign_in.email'), cell: ({ email }) => email, wideOnly: true },
              {
                id: 'role',
                title: translate('people.role'),
                cell: ({ role, disabled }) => (
                  <>
                    {translateValue('role', role)}{' '}
                    {disabled && <span class="badge badge-warning">{translate('people.disabled')}</span>}
                  </>
                ),
              },
              {
                id: 'seen',
                title: translate('people.seen'),
                cell: ({ last_seen_at: seen }) => showTime(seen),
                wideOnly: true,
              },
              {
                id: 'actions',
                title: translate('table.actions'),
                cell: (user) => (
                  <button type="button" class="button small" onClick={() => setEditing(user)}>
                    {translate('action.edit')}
                    <span class="visually-hidden"> {user.name}</span>
                  </button>
                ),
              },
            ]}
          />
        )}
      </LoadView>
      {editing !== null && (
        <UserDialog
          user={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={reload}
        />
      )}
    </Panel>
  );
}
