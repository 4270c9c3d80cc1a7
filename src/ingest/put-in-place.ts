import { createHash } from 'node:crypto';
import { AnswerboxError } from '../errors.ts';
import type { DocumentRecord } from '../stores/contracts.ts';
import type { NewJobItem } from '../stores/job-contracts.ts';
import { nameOfSource } from './name-of-source.ts';
import type { RestoreTools } from './restore-version.ts';

/** A file that a person puts in a document's place. */
export interface Replacement {
  /** Its name tells the format where the bytes do not. */
  name: string;
  bytes: Uint8Array;
  /** Of the bytes that it is to stand in the place of, hex; left out: of those that are there. */
  sha256?: string | undefined;
}

/**
 * Puts a file in the place of a document's source, by a job; what it was becomes a version. Its site or folder does not
 * undo that until the bytes there change.
 * @returns the job's id
 * @throws document_not_found, document_changed when another one was quicker
 */
export async function replaceOriginal(
  id: string,
  { name, bytes, sha256 }: Replacement,
  tools: RestoreTools,
): Promise<string> {
  const document = await tools.knowledge.getDocument(id);
  if (!document) throw new AnswerboxError('document_not_found', { id });
  if (sha256 !== undefined && document.sha256 !== sha256)
    throw new AnswerboxError('document_changed', { id });
  return putInPlace(document, { name: nameOfSource(name), bytes }, { ...tools, title: name });
}

/** `title`: of the job. @returns the job's id */
export async function putInPlace(
  { source, sha256, collection, url }: DocumentRecord,
  item: Pick<NewJobItem, 'name' | 'mediaType' | 'title'> & { bytes: Uint8Array },
  { versions, jobs, title }: RestoreTools & { title: string },
): Promise<string> {
  const restored = createHash('sha256').update(item.bytes).digest('hex');
  await versions.holdAgainst(source, { held: sha256, restored });
  const sourceId = /^source:(.+)$/.exec(collection)?.[1];
  return jobs.createJob({
    title,
    ...(sourceId !== undefined && { sourceId }),
    items: [{ source, expectedSha256: sha256, ...(url !== null && { url }), ...item }],
  });
}
