import { signal } from '@preact/signals';
import type { UploadLimits } from '../api/knowledge-types.ts';
import { call } from '../api/request.ts';
import { describeError } from '../components/states.tsx';
import { planUploads, type Refused } from './plan-uploads.ts';
import type { PathedFile } from './read-dropped.ts';
import { sendForm } from './send-form.ts';
import { NEW_SOURCE, saidOf, type SourceDraft } from './source-draft.ts';
import { uploadForm } from './upload-form.ts';

/** One request under way: some files, and the job that reads them once they are there. */
export interface Upload {
  id: number;
  files: readonly PathedFile[];
  /** What is said of them: audience, category and so on. */
  said: Readonly<Record<string, string>>;
  state: 'waiting' | 'sending' | 'accepted' | 'failed' | 'cancelled';
  sent: number;
  total: number;
  /** Milliseconds since 1970; 0 while it waits. */
  startedAt: number;
  jobId: string | null;
  failure: string | null;
}

/** Kept outside of any page: leaving the page does not end them; leaving the console does, and is asked about. */
export const uploads = signal<readonly Upload[]>([]);
/** What is said of the files that are added next, however they are. */
export const uploadDraft = signal<SourceDraft>(NEW_SOURCE);
export const refusedFiles = signal<readonly Refused<PathedFile>[]>([]);

const controllers = new Map<number, AbortController>();
let nextId = 1;
let running: Promise<void> = Promise.resolve();

const isOpen = ({ state }: Upload): boolean => state === 'waiting' || state === 'sending';

export function readLimits(abort?: AbortSignal): Promise<UploadLimits> {
  return call<UploadLimits>('GET', '/api/v1/documents/limits', abort ? { signal: abort } : {});
}

/** Sends the files, one request after the other; each becomes a job. */
export function addUploads(files: readonly PathedFile[], limits: UploadLimits): void {
  const { batches, refused } = planUploads(files, limits);
  refusedFiles.value = refused;
  const said = saidOf(uploadDraft.value);
  const added = batches.map((batch): Upload => {
    const total = batch.reduce((sum, { size }) => sum + size, 0);
    const empty = { sent: 0, startedAt: 0, jobId: null, failure: null };
    return { id: nextId++, files: batch, said, state: 'waiting', total, ...empty };
  });
  uploads.value = [...uploads.value.filter(isOpen), ...added];
  for (const { id } of added) running = running.then(() => send(id));
}

export function cancelUpload(id: number): void {
  change(id, { state: 'cancelled' });
  controllers.get(id)?.abort();
}

export function retryUpload(id: number): void {
  change(id, { state: 'waiting', sent: 0, failure: null });
  running = running.then(() => send(id));
}

async function send(id: number): Promise<void> {
  const upload = uploads.value.find((one) => one.id === id);
  if (upload?.state !== 'waiting') return;
  const controller = new AbortController();
  controllers.set(id, controller);
  const form = uploadForm(upload.files, upload.said);
  change(id, { state: 'sending', startedAt: Date.now() });
  const onProgress = (sent: number, total: number): void => change(id, { sent, total });
  try {
    const options = { onProgress, signal: controller.signal };
    const { job_id: jobId } = await sendForm<{ job_id: string }>('/api/v1/documents', form, options);
    change(id, { state: 'accepted', jobId });
  } catch (error) {
    if (!controller.signal.aborted) change(id, { state: 'failed', failure: describeError(error) });
  } finally {
    controllers.delete(id);
  }
}

function change(id: number, values: Partial<Upload>): void {
  uploads.value = uploads.value.map((one) => (one.id === id ? { ...one, ...values } : one));
}

// What has not gone over is lost when the page is left; the server reads on by itself.
addEventListener('beforeunload', (event) => {
  if (uploads.value.some(isOpen)) event.preventDefault();
});
