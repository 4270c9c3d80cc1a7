import type { IngestOptions, IngestTools } from './ingest.ts';
import { listParts } from './part-source.ts';
import { follow } from './store-document.ts';

/** Takes a document, and those that came out of the same file, out of every store and index. False when there is none. */
export async function removeDocument(
  id: string,
  tools: IngestTools,
  { keepsIndexUnsaved = false }: Pick<IngestOptions, 'keepsIndexUnsaved'> = {},
): Promise<boolean> {
  const document = await tools.knowledge.getDocument(id);
  if (!document) return false;
  for (const { id: one } of [...(await listParts(tools.knowledge, document.source)), document]) {
    const change = await tools.knowledge.removeDocument(one);
    if (change) await follow(change, tools);
  }
  if (!keepsIndexUnsaved) await tools.vectors.save();
  return true;
}
