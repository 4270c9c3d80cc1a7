import { lstat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { KnowledgeStore, Predecessor } from '../stores/contracts.ts';
import type { SourceFile } from './ingest-types.ts';
import { wholeSourceOf } from './part-source.ts';

/**
 * The document whose marks a new one takes over: itself before it was gone from its site or folder, or a file of the
 * same bytes in the same folder that has another name now. Null for one that is really new.
 */
export async function findPredecessor(
  { source }: Pick<SourceFile, 'source'>,
  { sha256, collection }: { sha256: string; collection: string },
  knowledge: Pick<KnowledgeStore, 'findMarks' | 'findTwins'>,
): Promise<Predecessor | null> {
  if (!collection.startsWith('source:')) return null;
  const removed = await knowledge.findMarks({ source, collection, sha256 });
  if (removed || !isAbsolute(source)) return removed;
  // A visit reads what is new before it removes what is gone, and may hold removals back.
  for (const twin of await knowledge.findTwins(collection, sha256))
    if (await isGone(wholeSourceOf(twin.source))) return { documentId: twin.id, givenScope: twin.givenScope };
  return null;
}

async function isGone(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    (error: unknown) => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''),
  );
}
