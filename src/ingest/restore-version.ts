import { AnswerboxError } from '../errors.ts';
import type { KnowledgeStore } from '../stores/contracts.ts';
import type { JobStore } from '../stores/job-contracts.ts';
import type { VersionStore } from '../stores/sync-contracts.ts';
import { nameOfSource } from './name-of-source.ts';

export interface RestoreTools {
  knowledge: KnowledgeStore;
  versions: VersionStore;
  jobs: JobStore;
}

/**
 * Brings an earlier version back by a job. Its site or folder does not undo that until the bytes there change.
 * @returns the job's id
 * @throws document_not_found, version_not_found
 */
export async function restoreVersion(
  id: string,
  version: number,
  { knowledge, versions, jobs }: RestoreTools,
): Promise<string> {
  const document = await knowledge.getDocument(id);
  if (!document) throw new AnswerboxError('document_not_found', { id });
  const earlier = await versions.getVersion(id, version);
  if (!earlier) throw new AnswerboxError('version_not_found', { id, version });
  const { source, collection } = document;
  await versions.holdAgainst(source, { held: document.sha256, restored: earlier.sha256 });
  const sourceId = /^source:(.+)$/.exec(collection)?.[1];
  return jobs.createJob({
    kind: 'restore',
    title: earlier.title,
    ...(sourceId !== undefined && { sourceId }),
    items: [
      {
        source,
        name: nameOfSource(source),
        bytes: earlier.original,
        mediaType: earlier.mediaType,
        title: earlier.title,
        ...(earlier.url !== null && { url: earlier.url }),
      },
    ],
  });
}
