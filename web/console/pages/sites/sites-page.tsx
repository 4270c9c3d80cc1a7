import { useState } from 'preact/hooks';
import type { KnowledgeSource, SourceList } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { Empty } from '../../components/states.tsx';
import { usePolled } from '../../data/use-polled.ts';
import { OpenJobs } from '../../knowledge/open-jobs.tsx';
import { SiteForm } from '../../knowledge/site-form.tsx';
import { may } from '../../session/session.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';
import { EditSource } from './edit-source.tsx';
import { SourceRow } from './source-row.tsx';

const LOOK_MS = 5_000;

/** Sites and folders that documents come from by themselves, and when each is read again. */
export function SitesPage() {
  const [changing, setChanging] = useState<KnowledgeSource | null>(null);
  const [leaving, setLeaving] = useState<KnowledgeSource | null>(null);
  const { loaded, reload } = usePolled('sources', LOOK_MS, (signal) =>
    call<SourceList>('GET', '/api/v1/knowledge/sources', { signal }),
  );
  return (
    <>
      <PageHeader title={translate('sites.title')} />
      <div class="page-body panels">
        {may('knowledge.write') && (
          <Panel title={translate('sites.add')} hint={translate('sites.add_hint')}>
            <SiteForm onAdded={reload} />
          </Panel>
        )}
        <OpenJobs onEnded={reload} />
        <LoadView loaded={loaded} reload={reload}>
          {({ sources }) =>
            sources.length === 0 ? (
              <Empty icon="link" title={translate('sites.none')} hint={translate('sites.none_hint')} />
            ) : (
              <Panel title={translate('sites.followed')}>
                <ul class="rows">
                  {sources.map((source) => (
                    <li key={source.id}>
                      <SourceRow
                        source={source}
                        onChanged={reload}
                        onEdit={() => setChanging(source)}
                        onRemove={() => setLeaving(source)}
                      />
                    </li>
                  ))}
                </ul>
              </Panel>
            )
          }
        </LoadView>
      </div>
      {changing && (
        <EditSource
          source={changing}
          privateHosts={loaded.value?.private_hosts ?? []}
          onClose={() => setChanging(null)}
          onChanged={reload}
        />
      )}
      {leaving && (
        <ConfirmDialog
          title={translate('sites.remove')}
          text={translate('sites.remove_text', { address: leaving.address, count: leaving.documents })}
          action={translate('sites.remove')}
          onClose={() => setLeaving(null)}
          onConfirm={async () => {
            await call('DELETE', `/api/v1/knowledge/sources/${leaving.id}`);
            reload();
          }}
        />
      )}
    </>
  );
}
