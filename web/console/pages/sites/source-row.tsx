import type { KnowledgeSource } from '../../api/knowledge-types.ts';
import { addressOf, call } from '../../api/request.ts';
import { useAction } from '../../components/use-action.ts';
import { DOCUMENTS, importAddress } from '../../data/knowledge-addresses.ts';
import { showCount, showTime } from '../../format/show-time.ts';
import { followedJobs } from '../../knowledge/job-list.ts';
import { may } from '../../session/session.ts';
import { translate, translateValue } from '../../translate.ts';

const HOURS = [null, 1, 6, 24, 168];

interface SourceRowProps {
  source: KnowledgeSource;
  onChanged: () => void;
  onEdit: () => void;
  onRemove: () => void;
}

export function SourceRow({ source, onChanged, onEdit, onRemove }: SourceRowProps) {
  const { id, kind, address, documents, every_hours: hours, finished_at: read, next_at: next } = source;
  const { busy, run } = useAction();
  const path = `/api/v1/knowledge/sources/${id}`;
  const act = (work: () => Promise<unknown>) =>
    run(async () => {
      await work();
      followedJobs.reload();
      onChanged();
    });
  const choices = HOURS.includes(hours) ? HOURS : [...HOURS, hours];
  return (
    <>
      <div class="row-line">
        <span class="row-name">{address}</span>
        <span class="badge">{translateValue('source_kind', kind)}</span>
        <a href={addressOf(DOCUMENTS, { collection: `source:${id}` })}>
          {translate('sites.documents', { count: documents })}
        </a>
        {may('knowledge.write') && (
          <span class="row-end">
            <select
              aria-label={translate('sites.schedule', { address })}
              value={hours ?? ''}
              disabled={busy}
              onChange={({ currentTarget: { value } }) =>
                act(() => call('PATCH', path, { body: { every_hours: value === '' ? null : Number(value) } }))
              }
            >
              {choices.map((choice) => (
                <option key={choice} value={choice ?? ''}>
                  {choice === null ? translate('site.once') : translate('sites.every', { hours: choice })}
                </option>
              ))}
            </select>
            <button
              type="button"
              class="button small"
              disabled={busy}
              onClick={() => act(() => call('POST', `${path}/visit`))}
            >
              {translate('sites.visit')}
            </button>
            <button type="button" class="button small" onClick={onEdit}>
              {translate('sites.change')}
            </button>
            <button type="button" class="button small danger" onClick={onRemove}>
              {translate('sites.remove')}
            </button>
          </span>
        )}
      </div>
      <p class="muted">
        {translate('sites.read', { time: showTime(read) })}
        {next !== null && ` · ${translate('sites.next', { time: showTime(next) })}`}
        {kind === 'site' && ` · ${translate('sites.limits', { pages: source.pages, depth: source.depth })}`}
        {source.last_job_id !== null && (
          <>
            {' · '}
            <a href={importAddress(source.last_job_id)}>{translate('sites.last_job')}</a>
          </>
        )}
      </p>
      {source.left_out > 0 && (
        <p class="notice">{translate('jobs.left_out', { count: showCount(source.left_out) })}</p>
      )}
    </>
  );
}
