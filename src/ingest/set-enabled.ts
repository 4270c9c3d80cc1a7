import { AnswerboxError } from '../errors.ts';
import type { KnowledgeChange } from '../stores/contracts.ts';
import type { DisabledStore } from '../stores/disabled-contracts.ts';
import type { IngestTools } from './ingest.ts';
import { follow } from './store-document.ts';

export interface EnableTools {
  disabled: DisabledStore;
  tools: IngestTools;
}

/** Takes a whole document out of retrieval, or lets it back in, at once. @throws document_not_found */
export async function setDocumentEnabled(
  id: string,
  enabled: boolean,
  { disabled, tools }: EnableTools,
): Promise<void> {
  const change = await disabled.setDocument(id, enabled);
  if (!change) throw new AnswerboxError('document_not_found', { id });
  await follow(change, tools);
}

/**
 * The same for one passage. It stays so when its document is read again, until its words change.
 * @throws passage_not_found
 */
export async function setPassageEnabled(
  documentId: string,
  chunkId: number,
  enabled: boolean,
  { disabled, tools }: EnableTools,
): Promise<void> {
  const [chunk] = await tools.knowledge.getChunks([chunkId]);
  const change: KnowledgeChange | null =
    chunk?.documentId === documentId ? await disabled.setPassage(chunkId, enabled) : null;
  if (!change) throw new AnswerboxError('passage_not_found', { id: documentId, passage: chunkId });
  await follow(change, tools);
}
