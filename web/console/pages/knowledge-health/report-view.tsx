import type { ComponentChildren } from 'preact';
import type { HealthReport } from '../../api/knowledge-types.ts';
import { Panel } from '../../components/panel.tsx';
import { documentAddress } from '../../data/knowledge-addresses.ts';
import { showDay, showShare } from '../../format/show-time.ts';
import { DismissButton } from './dismiss-button.tsx';
import { translate, translateValue, type MessageKey } from '../../translate.ts';

/** Entries of a finding that are shown; the command line prints all of them. */
const MOST = 100;

interface ReportViewProps {
  report: HealthReport;
  onChanged: () => void;
}

export function ReportView({ report, onChanged }: ReportViewProps) {
  const { stale, contradictions, duplicates, orphans, questions_counted: counted } = report;
  return (
    <>
      <Finding title="finding.contradictions" items={contradictions} onChanged={onChanged}>
        {({ kind, one, other, decided_by: by }) => (
          <>
            <small class="muted">
              {translateValue('contradiction', kind)} · {translateValue('decided_by', by)}
            </small>
            <div class="pair">
              <Passage place={one} quote={one.quote} />
              <Passage place={other} quote={other.quote} />
            </div>
          </>
        )}
      </Finding>
      <Finding title="finding.stale" items={stale} onChanged={onChanged}>
        {({ document_id: id, title, updated_at: at, reason, quote }) => (
          <>
            <div class="row-line">
              <a class="row-name" href={documentAddress(id)}>
                {title}
              </a>
              <span class="badge badge-warning">{translateValue('stale', reason)}</span>
              <span class="muted">{translate('finding.updated', { day: showDay(at) })}</span>
            </div>
            {quote !== null && <blockquote class="quote">{quote}</blockquote>}
          </>
        )}
      </Finding>
      <Finding title="finding.duplicates" items={duplicates} onChanged={onChanged}>
        {({ one, other, shared, cosine }) => (
          <>
            <small class="muted">
              {translate('finding.alike', { shared: showShare(shared), cosine: cosine.toFixed(3) })}
            </small>
            <div class="pair">
              <Passage place={one} />
              <Passage place={other} />
            </div>
          </>
        )}
      </Finding>
      {orphans === null ? (
        <Panel title={translate('finding.orphans')}>
          <p class="muted">{translate('finding.orphans_later', { count: counted })}</p>
        </Panel>
      ) : (
        <Finding title="finding.orphans" items={orphans} onChanged={onChanged}>
          {(place) => <Passage place={place} />}
        </Finding>
      )}
    </>
  );
}

interface FindingProps<Item> {
  title: MessageKey;
  items: readonly Item[];
  onChanged: () => void;
  children: (item: Item) => ComponentChildren;
}

function Finding<Item extends { id: string; dismissed: boolean }>({
  title,
  items,
  onChanged,
  children,
}: FindingProps<Item>) {
  return (
    <Panel title={translate(title)} detail={items.length}>
      {items.length === 0 ? (
        <p class="muted">{translate('finding.none')}</p>
      ) : (
        <ul class="rows">
          {items.slice(0, MOST).map((item) => (
            <li key={item.id}>
              {children(item)}
              <DismissButton finding={item} onChanged={onChanged} />
            </li>
          ))}
        </ul>
      )}
      {items.length > MOST && (
        <p class="muted">{translate('finding.more', { count: items.length - MOST })}</p>
      )}
    </Panel>
  );
}

interface PassageProps {
  place: { document_id: string; title: string; heading_path: string };
  quote?: string;
}

function Passage({ place, quote }: PassageProps) {
  return (
    <div>
      <a href={documentAddress(place.document_id)}>{place.title}</a>
      <small class="muted">{place.heading_path}</small>
      {quote !== undefined && <blockquote class="quote">{quote}</blockquote>}
    </div>
  );
}
