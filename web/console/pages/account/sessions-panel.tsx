import type { Static } from '@sinclair/typebox';
import type { SIGN_IN_ENTRY } from '../../../../src/api/schemas/staff-schema.ts';
import { call } from '../../api/request.ts';
import { DataTable } from '../../components/data-table.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { showTime } from '../../format/show-time.ts';
import { session } from '../../session/session.ts';
import { translate } from '../../translate.ts';

type SignInEntry = Static<typeof SIGN_IN_ENTRY>;

/** Where one is signed in; each place can be signed out from here. */
export function SessionsPanel() {
  // Another token, after a new password or second factor, is another list.
  const { loaded, reload } = useLoaded(session.value?.csrf_token ?? '', (signal) =>
    call<{ sessions: SignInEntry[] }>('GET', '/api/v1/session/list', { signal }),
  );
  const { busy, run } = useAction();
  const end = ({ id }: SignInEntry) =>
    run(async () => {
      await call('DELETE', `/api/v1/session/list/${encodeURIComponent(id)}`);
      tell(translate('sessions.ended'));
      reload();
    });
  return (
    <Panel title={translate('sessions.title')} hint={translate('sessions.hint')}>
      <LoadView loaded={loaded} reload={reload} rows={2}>
        {({ sessions }) => (
          <DataTable
            caption={translate('sessions.title')}
            rows={sessions}
            keyOf={({ id }) => id}
            columns={[
              {
                id: 'where',
                title: translate('sessions.where'),
                cell: ({ user_agent: agent, address }) => (
                  <>
                    {address} <span class="muted wide-only">{agent}</span>
                  </>
                ),
              },
              {
                id: 'seen',
                title: translate('people.seen'),
                cell: ({ last_seen_at: seen }) => showTime(seen),
              },
              {
                id: 'since',
                title: translate('sessions.since'),
                cell: ({ created_at: since }) => showTime(since),
                wideOnly: true,
              },
              {
                id: 'actions',
                title: translate('table.actions'),
                cell: (entry) =>
                  entry.current ? (
                    <span class="badge">{translate('sessions.here')}</span>
                  ) : (
                    <button
                      type="button"
                      class="button small danger"
                      disabled={busy}
                      onClick={() => end(entry)}
                    >
                      {translate('sessions.end')}
                      <span class="visually-hidden"> {entry.address}</span>
                    </button>
                  ),
              },
            ]}
          />
        )}
      </LoadView>
    </Panel>
  );
}
