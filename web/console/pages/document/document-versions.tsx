import type { DocumentVersion, KnowledgeDocument } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { DataTable } from '../../components/data-table.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Empty } from '../../components/states.tsx';
import { tell } from '../../components/toasts.tsx';
import { useAction } from '../../components/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { showBytes } from '../../format/show-bytes.ts';
import { showTime } from '../../format/show-time.ts';
import { finishJob } from '../../knowledge/finish-job.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';

interface DocumentVersionsProps {
  document: KnowledgeDocument;
  onChanged: () => void;
}

/** What customers were told before, from when to when; each can be brought back. */
export function DocumentVersions({ document, onChanged }: DocumentVersionsProps) {
  const address = `/api/v1/documents/${document.id}/versions`;
  const { busy, run } = useAction();
  const { loaded, reload } = useLoaded(`${document.id} ${document.updated_at}`, (signal) =>
    call<{ versions: DocumentVersion[] }>('GET', address, { signal }),
  );
  const restore = (version: number) =>
    run(async () => {
      const { job_id: id } = await call<{ job_id: string }>('POST', `${address}/${version}/restore`);
      await finishJob(id);
      tell(translate('document.restored', { version }));
      onChanged();
    });
  return (
    <div class="page-body">
      <LoadView loaded={loaded} reload={reload}>
        {({ versions }) =>
          versions.length === 0 ? (
            <Empty
              icon="clock"
              title={translate('document.no_versions')}
              hint={translate('document.no_versions_hint')}
            />
          ) : (
            <DataTable
              caption={translate('document.versions')}
              rows={versions}
              keyOf={({ version }) => version}
              columns={[
                { id: 'version', title: translate('document.version'), cell: ({ version }) => version },
                {
                  id: 'title',
                  title: translate('document.name'),
                  cell: ({ title }) => title,
                  wideOnly: true,
                },
                { id: 'from', title: translate('document.told_from'), cell: ({ from }) => showTime(from) },
                {
                  id: 'until',
                  title: translate('document.told_until'),
                  cell: ({ until }) => showTime(until),
                },
                {
                  id: 'bytes',
                  title: translate('document.size'),
                  cell: ({ bytes }) => showBytes(bytes),
                  wideOnly: true,
                },
                {
                  id: 'actions',
                  title: translate('table.actions'),
                  cell: ({ version }) => (
                    <span class="row-line">
                      <a class="button small" href={`${address}/${version}/original`} download>
                        {translate('document.download')}
                      </a>
                      {may('knowledge.write') && (
                        <button
                          type="button"
                          class="button small"
                          disabled={busy}
                          onClick={() => restore(version)}
                        >
                          {translate('document.restore')}
                        </button>
                      )}
                    </span>
                  ),
                },
              ]}
            />
          )
        }
      </LoadView>
    </div>
  );
}
