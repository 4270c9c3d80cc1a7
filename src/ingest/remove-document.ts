import type { IngestOptions, IngestTools } from './ingest.ts';

/** Takes a document out of every store and index. False when there is none. */
export async function removeDocument(
  id: string,
  { knowledge, vectors, followers = [] }: IngestTools,
  { keepsIndexUnsaved = false }: Pick<IngestOptions, 'keepsIndexUnsaved'> = {},
): Promise<boolean> {
  const change = await knowledge.removeDocument(id);
  if (!change) return false;
  for (const follower of followers) await follower.apply(change);
  await vectors.apply(change);
  if (!keepsIndexUnsaved) await vectors.save();
  return true;
}
