import { AnswerboxError } from '../errors.ts';
import type { KnowledgeStore } from '../stores/contracts.ts';
import type { JobStore } from '../stores/job-contracts.ts';
import type { GivenScope } from './ingest-types.ts';
import { rereadItem } from './reread-documents.ts';

/**
 * Changes what is said of a document, by a job. Its text is what it is when the job's turn comes: what was handed over
 * before and waits is not undone.
 * @returns the job's id
 * @throws document_not_found
 */
export async function setGivenScope(
  id: string,
  scope: GivenScope,
  { knowledge, jobs }: { knowledge: KnowledgeStore; jobs: JobStore },
): Promise<string> {
  const document = await knowledge.getDocument(id);
  if (!document) throw new AnswerboxError('document_not_found', { id });
  const sourceId = /^source:(.+)$/.exec(document.collection)?.[1];
  return jobs.createJob({
    title: document.title,
    ...(sourceId !== undefined && { sourceId }),
    items: [{ ...rereadItem(document), scope }],
  });
}
