import { useEffect, useState } from 'preact/hooks';
import type { Job, JobItem, WholeJob } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Empty, Failure, Skeleton } from '../../components/states.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { useCursorList } from '../../data/use-cursor-list.ts';
import { showTime } from '../../format/show-time.ts';
import { applyItemEnd } from '../../knowledge/apply-item-end.ts';
import { describeJob } from '../../knowledge/describe-job.ts';
import { followJob } from '../../knowledge/follow-job.ts';
import { JobButtons } from '../../knowledge/job-buttons.tsx';
import { JobFile } from '../../knowledge/job-file.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate, translateValue } from '../../translate.ts';

const PAGE = 200;

/** One job with all its files; what ends while one looks is told by its stream. */
export function ImportView({ id }: { id: string }) {
  const [job, setJob] = useState<Job | null>(null);
  const [filter, setFilter] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const list = useCursorList(`${id} ${filter}`, async (cursor, signal) => {
    const query = { limit: PAGE, after: cursor, state: filter };
    const whole = await call<WholeJob>('GET', `/api/v1/jobs/${encodeURIComponent(id)}`, { query, signal });
    setJob(whole);
    const { items } = whole;
    return { items, next: items.length === PAGE ? String(items.at(-1)!.ordinal) : null };
  });
  const { setItems } = list;
  useEffect(
    () =>
      followJob(id, {
        onJob: setJob,
        onItem: (ended: JobItem) => setItems((items) => applyItemEnd(items, ended, filter)),
        onEnd: () => undefined,
      }),
    [id, filter, round],
  );
  if (list.state === 'failed') return <Failure error={list.error} onRetry={list.reload} />;
  if (!job) return <Skeleton />;
  const again = () => {
    list.reload();
    setRound((count) => count + 1);
  };
  return (
    <>
      <PageHeader title={job.title} detail={translateValue('job_state', job.state)}>
        <JobButtons job={job} onDone={again} />
      </PageHeader>
      <div class="import-top">
        <p class="muted">
          {describeJob(job)} · {showTime(job.created_at)} ·{' '}
          {translate('jobs.chunks', { embedded: job.chunks_embedded, kept: job.chunks_kept })}
        </p>
        <ProgressBar
          label={translate('jobs.progress', { title: job.title })}
          value={job.done}
          max={job.total}
        />
        <fieldset class="chips">
          <legend class="visually-hidden">{translate('imports.filter')}</legend>
          <StateButton state={null} count={job.total} chosen={filter} choose={setFilter} />
          {Object.entries(job.counts).map(([state, count]) => (
            <StateButton key={state} state={state} count={count} chosen={filter} choose={setFilter} />
          ))}
        </fieldset>
      </div>
      {list.state === 'ready' && list.items.length === 0 && <Empty title={translate('imports.no_files')} />}
      {list.items.length > 0 && (
        <VirtualList
          items={list.items}
          keyOf={({ ordinal }) => ordinal}
          rowHeight={48}
          label={translate('imports.files')}
          onEnd={list.loadMore}
          more={list.more}
          render={(item) => (
            <div class="import-file">
              <JobFile
                jobId={id}
                item={item}
                step={job.current.find(({ ordinal }) => ordinal === item.ordinal)?.step ?? null}
                onRetried={again}
              />
            </div>
          )}
        />
      )}
    </>
  );
}

interface StateButtonProps {
  state: string | null;
  count: number;
  chosen: string | null;
  choose: (state: string | null) => void;
}

function StateButton({ state, count, chosen, choose }: StateButtonProps) {
  return (
    <button type="button" class="button small" aria-pressed={state === chosen} onClick={() => choose(state)}>
      {state === null ? translate('documents.all') : translateValue('item_state', state)} {count}
    </button>
  );
}
