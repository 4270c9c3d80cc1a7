import type { SourceStore } from '../stores/sync-contracts.ts';
import type { IngestTools } from './ingest.ts';
import { removeDocument } from './remove-document.ts';

/** Takes a site or folder away with all its documents. @returns how many there were */
export async function removeSource(id: string, sources: SourceStore, tools: IngestTools): Promise<number> {
  const documents = await tools.knowledge.listCollection(`source:${id}`);
  for (const document of documents) await removeDocument(document.id, tools, { keepsIndexUnsaved: true });
  await sources.removeSource(id);
  await tools.vectors.save();
  return documents.length;
}
