import type { JobItem } from '../api/knowledge-types.ts';
import { useAction } from '../components/use-action.ts';
import { documentAddress } from '../data/knowledge-addresses.ts';
import { showBytes } from '../format/show-bytes.ts';
import { may } from '../session/session.ts';
import { translate, translateValue } from '../translate.ts';
import { retryJob } from './job-actions.ts';
import { followedJobs } from './job-list.ts';
import { itemTone } from './job-tone.ts';

interface JobFileProps {
  jobId: string;
  item: JobItem;
  /** What is being done to it now. */
  step: string | null;
  onRetried: () => void;
}

/** One file: its state, and when it failed the cause and what to do. */
export function JobFile({ jobId, item, step, onRetried }: JobFileProps) {
  const { source, state, document_id: id, message, code, bytes, ordinal, retriable } = item;
  const { busy, run } = useAction();
  const name = source.replace(/^upload:/, '');
  const retry = () =>
    run(async () => {
      await retryJob(jobId, ordinal);
      followedJobs.reload();
      onRetried();
    });
  return (
    <>
      <div class="row-line">
        {id === null ? (
          <span class="row-name">{name}</span>
        ) : (
          <a class="row-name" href={documentAddress(id)}>
            {name}
          </a>
        )}
        <span class="muted">{showBytes(bytes)}</span>
        <span class={`badge badge-${itemTone(state)}`}>
          {state === 'waiting' && step !== null
            ? translateValue('job_step', step)
            : translateValue('item_state', state)}
        </span>
        {retriable && may('knowledge.write') && (
          <button type="button" class="button small" disabled={busy} onClick={retry}>
            {translate('jobs.retry')}
            <span class="visually-hidden"> {name}</span>
          </button>
        )}
      </div>
      {message !== null && (
        <p class={state === 'failed' ? 'problem' : 'muted'}>
          {message} {code !== null && <span class="mono">{code}</span>}
        </p>
      )}
    </>
  );
}
