import { useRoute } from 'preact-iso';
import type { Job } from '../../api/knowledge-types.ts';
import { call } from '../../api/request.ts';
import { ExportLinks } from '../../components/export-links.tsx';
import { Empty, Failure, Skeleton } from '../../components/states.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { DOCUMENTS, importAddress } from '../../data/knowledge-addresses.ts';
import { useCursorList } from '../../data/use-cursor-list.ts';
import { showTime } from '../../format/show-time.ts';
import { describeJob } from '../../knowledge/describe-job.ts';
import { jobTone } from '../../knowledge/job-tone.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { translate, translateValue } from '../../translate.ts';
import { ImportView } from './import-view.tsx';
import '../../styles/panels.css';
import './imports.css';

const PAGE = 50;

/** Everything that was handed over, newest first; each with its files. */
export function ImportsPage() {
  const { id } = useRoute().params;
  if (id !== undefined && id !== '') return <ImportView key={id} id={id} />;
  return <ImportList />;
}

function ImportList() {
  const list = useCursorList('jobs', async (cursor, signal) => {
    const query = { limit: PAGE, before: cursor };
    const { jobs } = await call<{ jobs: Job[] }>('GET', '/api/v1/jobs', { query, signal });
    return { items: jobs, next: jobs.length === PAGE ? (jobs.at(-1)?.id ?? null) : null };
  });
  return (
    <>
      <PageHeader title={translate('imports.title')}>
        <ExportLinks list="/api/v1/jobs" />
        <button type="button" class="button small" onClick={list.reload}>
          {translate('action.refresh')}
        </button>
      </PageHeader>
      {list.state === 'loading' && <Skeleton />}
      {list.state === 'failed' && <Failure error={list.error} onRetry={list.reload} />}
      {list.state === 'ready' && list.items.length === 0 && (
        <Empty icon="book" title={translate('imports.none')} hint={translate('imports.none_hint')}>
          <a class="button" href={DOCUMENTS}>
            {translate('documents.title')}
          </a>
        </Empty>
      )}
      {list.items.length > 0 && (
        <VirtualList
          items={list.items}
          keyOf={(job) => job.id}
          rowHeight={58}
          label={translate('imports.title')}
          onEnd={list.loadMore}
          more={list.more}
          render={(job) => <ImportRow job={job} />}
        />
      )}
    </>
  );
}

function ImportRow({ job }: { job: Job }) {
  return (
    <a class="import-row" href={importAddress(job.id)}>
      <strong>{job.title}</strong>
      <span class="row-line">
        {job.failed > 0 && (
          <span class="badge badge-danger">{translate('jobs.failed', { count: job.failed })}</span>
        )}
        <span class={`badge badge-${jobTone(job)}`}>{translateValue('job_state', job.state)}</span>
      </span>
      <small>
        {translateValue('job_kind', job.kind)} · {showTime(job.created_at)} · {describeJob(job)}
      </small>
    </a>
  );
}
