import type { LiveView } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { DataTable } from '../../components/data-table.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { threadAddress } from '../../data/addresses.ts';
import { usePolled } from '../../data/use-polled.ts';
import { showDuration } from '../../format/show-duration.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate, translateValue } from '../../translate.ts';

const LOOK_MS = 1_500;

/** What the assistant is doing, and who looks at which conversation, at this moment. */
export function LivePage() {
  const { loaded, reload } = usePolled('live', LOOK_MS, (signal) =>
    call<LiveView>('GET', '/api/v1/live', { signal }),
  );
  return (
    <>
      <PageHeader title={translate('live.title')} />
      <div class="page-body panels">
        <LoadView loaded={loaded} reload={reload}>
          {({ turns, threads, models }) => (
            <>
              <Panel
                title={translate('live.turns')}
                detail={translate('live.load', { running: models.running, waiting: models.waiting })}
              >
                {turns.length === 0 ? (
                  <p class="muted">{translate('live.quiet')}</p>
                ) : (
                  <DataTable
                    caption={translate('live.turns')}
                    rows={turns.map((turn, index) => ({ ...turn, index }))}
                    keyOf={({ index }) => index}
                    columns={[
                      {
                        id: 'question',
                        title: translate('live.question'),
                        cell: ({ question, thread_id: id }) =>
                          id === null ? question : <a href={threadAddress(id)}>{question}</a>,
                      },
                      {
                        id: 'doing',
                        title: translate('live.doing'),
                        cell: ({ doing }) => translateValue('doing', doing),
                      },
                      {
                        id: 'seconds',
                        title: translate('live.since'),
                        align: 'end',
                        cell: ({ seconds }) => showDuration(seconds),
                      },
                    ]}
                  />
                )}
              </Panel>
              <Panel title={translate('live.threads')} detail={threads.length}>
                {threads.length === 0 && <p class="muted">{translate('live.nobody')}</p>}
                <ul class="rows">
                  {threads.map((thread) => (
                    <li key={thread.thread_id}>
                      <div class="row-line">
                        <a class="row-name" href={threadAddress(thread.thread_id)}>
                          {thread.subject || translate('live.no_subject')}
                        </a>
                        {thread.customer_here && (
                          <span class="badge badge-good">{translate('live.customer_here')}</span>
                        )}
                        {thread.present.map(({ id, name, state, kind }) => (
                          <span key={id} class="badge badge-info">
                            {name}: {translateValue('at_thread', state)}
                            {kind !== null && ` (${translateValue('at_thread_kind', kind)})`}
                          </span>
                        ))}
                      </div>
                    </li>
                  ))}
                </ul>
              </Panel>
            </>
          )}
        </LoadView>
      </div>
    </>
  );
}
