import { useEffect, useRef } from 'preact/hooks';
import { ProgressBar } from '../components/progress-bar.tsx';
import { showBytes } from '../format/show-bytes.ts';
import { showDuration } from '../format/show-duration.ts';
import { translate, translateValue } from '../translate.ts';
import { followedJobs } from './job-list.ts';
import { sentOfFiles, transferRate } from './sent-of-files.ts';
import { cancelUpload, refusedFiles, retryUpload, uploads, type Upload } from './uploads.ts';

/** Files on their way to the server: *uploading* ends here, and the job's card goes on with *processing*. */
export function Transfers({ onAccepted }: { onAccepted: (upload: Upload) => void }) {
  const accepted = useRef(new Set<number>());
  const list = uploads.value;
  useEffect(() => {
    for (const upload of list) {
      if (upload.state !== 'accepted' || accepted.current.has(upload.id)) continue;
      accepted.current.add(upload.id);
      followedJobs.reload();
      onAccepted(upload);
    }
  }, [list]);
  const open = list.filter(({ state }) => state !== 'accepted' && state !== 'cancelled');
  const refused = refusedFiles.value.filter(({ reason }) => reason !== 'hidden');
  return (
    <>
      {refused.length > 0 && <RefusedFiles />}
      {open.map((upload) => (
        <Transfer key={upload.id} upload={upload} />
      ))}
    </>
  );
}

function Transfer({ upload }: { upload: Upload }) {
  const { id, files, state, sent, total, startedAt, failure } = upload;
  const title = files.length === 1 ? files[0]!.path : translate('transfer.files', { count: files.length });
  const rate = transferRate(sent, total, (Date.now() - startedAt) / 1000);
  const shares = sentOfFiles(
    files.map(({ size }) => size),
    sent,
    total,
  );
  const current = files.findIndex(({ size }, index) => (shares[index] ?? 0) < size);
  return (
    <article class="panel job-card" aria-label={title}>
      <div class="row-line">
        <span class="row-name">{title}</span>
        <span class={`badge badge-${state === 'failed' ? 'danger' : 'info'}`}>
          {translateValue('transfer_state', state)}
        </span>
        <span class="muted">
          {translate('transfer.sent', { sent: showBytes(sent), total: showBytes(total) })}
          {state === 'sending' && rate
            ? ` · ${translate('transfer.rate', { rate: showBytes(rate.rate), left: showDuration(rate.left) })}`
            : ''}
        </span>
        <span class="row-end">
          {state === 'failed' && (
            <button type="button" class="button small" onClick={() => retryUpload(id)}>
              {translate('jobs.retry')}
            </button>
          )}
          <button type="button" class="button small" onClick={() => cancelUpload(id)}>
            {translate('jobs.cancel')}
          </button>
        </span>
      </div>
      <ProgressBar label={translate('jobs.progress', { title })} value={sent} max={total} />
      {failure !== null && <p class="problem">{failure}</p>}
      {files.length > 1 && current >= 0 && (
        <p class="muted">
          {files[current]!.path} · {translate('jobs.of', { done: current, total: files.length })}
        </p>
      )}
    </article>
  );
}

function RefusedFiles() {
  const refused = refusedFiles.value.filter(({ reason }) => reason !== 'hidden');
  return (
    <div class="panel job-card" role="alert">
      <div class="row-line">
        <span class="row-name">{translate('transfer.refused', { count: refused.length })}</span>
        <span class="row-end">
          <button type="button" class="button small quiet" onClick={() => (refusedFiles.value = [])}>
            {translate('jobs.dismiss')}
          </button>
        </span>
      </div>
      <ul class="rows">
        {refused.slice(0, 20).map(({ file, reason }) => (
          <li key={file.path}>
            <span class="problem">
              {file.path} ({showBytes(file.size)}): {translateValue('refused', reason)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
