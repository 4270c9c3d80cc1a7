import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { DocumentList } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { ExportLinks } from '../../components/export-links.tsx';
import { tellFailure } from '../../components/toasts.tsx';
import { useCursorList } from '../../data/use-cursor-list.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { showCount } from '../../format/show-time.ts';
import { OpenJobs } from '../../knowledge/open-jobs.tsx';
import { readDropped } from '../../knowledge/read-dropped.ts';
import { addUploads, readLimits, type Upload } from '../../knowledge/uploads.ts';
import { Transfers } from '../../knowledge/transfers.tsx';
import { may } from '../../session/session.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';
import { AddDocuments } from './add-documents.tsx';
import { DocumentFilters, filtersOf } from './document-filters.tsx';
import { DocumentListView } from './document-list-view.tsx';
import { RereadButton } from './reread-button.tsx';
import '../../styles/panels.css';
import './documents.css';

const PAGE = 100;

/** What customers are answered from: adding to it, watching it being read, and finding one of it. */
export function DocumentsPage() {
  const { query } = useLocation();
  const filters = filtersOf(query);
  const key = JSON.stringify(filters);
  const [total, setTotal] = useState<number | null>(null);
  const [adding, setAdding] = useState(
    () => may('knowledge.write') && matchMedia('(width >= 48rem)').matches,
  );
  const [over, setOver] = useState(false);
  const limits = useLoaded('limits', readLimits);
  const list = useCursorList(key, async (cursor, signal) => {
    const asked = { ...filters, limit: PAGE, after: cursor };
    const page = await call<DocumentList>('GET', '/api/v1/documents', { query: asked, signal });
    setTotal(page.total);
    const last = page.documents.length === PAGE ? page.documents.at(-1) : undefined;
    return { items: page.documents, next: last?.source ?? null };
  });

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!event.dataTransfer || limits.loaded.state !== 'ready') return;
    const known = limits.loaded.value;
    readDropped(event.dataTransfer).then((files) => addUploads(files, known), tellFailure);
  };
  const dropTarget = may('knowledge.write') && {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: drop,
  };

  return (
    <div class="documents" data-over={over} {...dropTarget}>
      <PageHeader title={translate('documents.title')} detail={total === null ? undefined : showCount(total)}>
        <ExportLinks list="/api/v1/documents" query={filters} />
        {may('knowledge.write') && (
          <>
            <RereadButton filters={filters} total={total ?? 0} />
            <button type="button" class="button" aria-expanded={adding} onClick={() => setAdding(!adding)}>
              {translate('documents.add')}
            </button>
          </>
        )}
      </PageHeader>
      <div class="documents-top">
        {adding && <AddDocuments limits={limits.loaded} onSite={list.reload} />}
        <Transfers onAccepted={(_upload: Upload) => list.reload()} />
        <OpenJobs onEnded={list.reload} />
        <DocumentFilters filters={filters} />
      </div>
      <DocumentListView list={list} filtered={key !== '{}'} />
    </div>
  );
}
