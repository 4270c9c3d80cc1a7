import type { KnowledgeDocument } from '../../api/knowledge-types.ts';
import { Empty, Failure, Skeleton } from '../../components/states.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { DOCUMENTS, documentAddress } from '../../data/knowledge-addresses.ts';
import type { CursorList } from '../../data/use-cursor-list.ts';
import { showDay } from '../../format/show-time.ts';
import { removing } from '../../knowledge/removals.ts';
import { validityOf } from '../../knowledge/validity-of.ts';
import { translate, translateValue } from '../../translate.ts';

interface DocumentListViewProps {
  list: CursorList<KnowledgeDocument>;
  filtered: boolean;
}

export function DocumentListView({ list, filtered }: DocumentListViewProps) {
  const gone = removing.value;
  const shown = list.items.filter(({ id }) => !gone.has(id));
  if (list.state === 'failed') return <Failure error={list.error} onRetry={list.reload} />;
  if (list.state === 'loading') return <Skeleton rows={10} />;
  if (shown.length === 0)
    return filtered ? (
      <Empty
        icon="filter"
        title={translate('documents.none_found')}
        hint={translate('documents.none_found_hint')}
      >
        <a class="button" href={DOCUMENTS}>
          {translate('documents.clear_filters')}
        </a>
      </Empty>
    ) : (
      <Empty icon="book" title={translate('documents.none')} hint={translate('documents.none_hint')} />
    );
  return (
    <VirtualList
      items={shown}
      keyOf={({ id }) => id}
      rowHeight={58}
      label={translate('documents.title')}
      onEnd={list.loadMore}
      more={list.more}
      render={(document) => <DocumentRow document={document} />}
    />
  );
}

function DocumentRow({ document }: { document: KnowledgeDocument }) {
  const { id, title, source, chunks, audience, category, language, updated_at: updated, problems } = document;
  const validity = validityOf(document, new Date());
  return (
    <a class="document-row" href={documentAddress(id)}>
      <strong>{title}</strong>
      <span class="document-badges">
        {problems.length > 0 && (
          <span class="badge badge-danger">
            {translate('documents.problems', { count: problems.length })}
          </span>
        )}
        {!document.enabled && (
          <span class="badge badge-warning">{translateValue('validity', 'disabled')}</span>
        )}
        {document.own_text !== null && (
          <span class={document.own_text === 'edited' ? 'badge badge-info' : 'badge badge-warning'}>
            {translateValue('validity', document.own_text)}
          </span>
        )}
        {validity !== 'valid' && (
          <span class="badge badge-warning">{translateValue('validity', validity)}</span>
        )}
        {audience !== 'public' && <span class="badge badge-info">{audience}</span>}
        {category !== null && <span class="badge">{category}</span>}
        {language !== null && <span class="badge">{language}</span>}
      </span>
      <small>{source}</small>
      <small class="wide-only">{translate('documents.row', { chunks, day: showDay(updated) })}</small>
    </a>
  );
}
