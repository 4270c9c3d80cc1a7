import type { KnowledgeDocument, UploadLimits } from '../api/knowledge-types.ts';
import { call } from '../api/request.ts';
import { showBytes } from '../format/show-bytes.ts';
import { translate } from '../translate.ts';
import { finishJob } from './finish-job.ts';
import { readLimits } from './uploads.ts';

/** Base64 of a text that is a third longer than its bytes. */
const LONGER = 4 / 3;

/**
 * Puts another file in a document's place; what it was becomes a version.
 * @returns what came of it: 'changed' or 'unchanged'
 * @throws ApiError; Error with what the reader said against the file
 */
export async function replaceDocument({ id }: KnowledgeDocument, file: File): Promise<string> {
  const most = limitOf(await readLimits());
  if (file.size > most)
    throw new Error(translate('document.too_large', { size: showBytes(file.size), limit: showBytes(most) }));
  const path = `/api/v1/documents/${encodeURIComponent(id)}/original`;
  const { job_id: job } = await call<{ job_id: string }>('PUT', path, {
    body: { name: file.name, base64: await base64Of(file) },
  });
  return finishJob(job);
}

function limitOf({ document_bytes: document, request_bytes: request }: UploadLimits): number {
  return Math.min(document, Math.floor(request / LONGER) - 10_000);
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () =>
      resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : '');
    reader.onerror = () => reject(reader.error ?? new Error(translate('error.unknown')));
    reader.readAsDataURL(file);
  });
}
