import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { DocumentChunk, DocumentWithText } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { Empty, Failure, Skeleton } from '../../components/states.tsx';
import { DOCUMENTS } from '../../data/knowledge-addresses.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { removeDocument, removing } from '../../knowledge/removals.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';
import { DocumentActions } from './document-actions.tsx';
import { DocumentDetails } from './document-details.tsx';
import { DocumentVersions } from './document-versions.tsx';
import { OwnTextNote } from './own-text-note.tsx';
import { SourceAndChunks } from './source-and-chunks.tsx';
import '../../styles/panels.css';
import './document.css';

const VIEWS = ['text', 'details', 'versions'] as const;
type View = (typeof VIEWS)[number];

/** One document: its text beside the passages that it is found by, what is said of it, what it was before. */
export function DocumentPage() {
  const { id = '' } = useRoute().params;
  const { query, route, path } = useLocation();
  const [round, setRound] = useState(0);
  const view = VIEWS.find((name) => name === query['view']) ?? 'text';
  const address = `/api/v1/documents/${encodeURIComponent(id)}`;
  const { loaded, reload } = useLoaded(`${id} ${round}`, async (signal) => {
    const document = call<DocumentWithText>('GET', address, { signal });
    const chunks = call<{ chunks: DocumentChunk[] }>('GET', `${address}/chunks`, { signal });
    return { document: await document, chunks: (await chunks).chunks };
  });
  if (loaded.state === 'failed') return <Failure error={loaded.error} onRetry={reload} />;
  if (!loaded.value) return <Skeleton rows={10} />;
  const { document, chunks } = loaded.value;
  if (removing.value.has(id))
    return (
      <Empty icon="book" title={translate('documents.removed', { title: document.title })}>
        <a class="button" href={DOCUMENTS}>
          {translate('documents.title')}
        </a>
      </Empty>
    );
  const changed = () => setRound((count) => count + 1);
  const remove = () => {
    removeDocument(document);
    route(DOCUMENTS);
  };
  return (
    <>
      <PageHeader
        title={document.title}
        detail={<span class="wide-only">{translate('document.passages', { count: chunks.length })}</span>}
      >
        <DocumentActions document={document} onChanged={changed} onRemove={remove} />
      </PageHeader>
      <nav class="view-links" aria-label={translate('document.views')}>
        {VIEWS.map((name: View) => (
          <a
            key={name}
            href={`${path}?view=${name}`}
            {...(name === view && { 'aria-current': 'page' as const })}
          >
            {translate(`document.${name}`)}
          </a>
        ))}
      </nav>
      <OwnTextNote document={document} />
      {view === 'text' && <SourceAndChunks document={document} chunks={chunks} onChanged={changed} />}
      {view === 'details' && <DocumentDetails document={document} onChanged={changed} />}
      {view === 'versions' && <DocumentVersions document={document} onChanged={changed} />}
    </>
  );
}
