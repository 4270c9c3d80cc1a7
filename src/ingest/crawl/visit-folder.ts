import { lstat } from 'node:fs/promises';
import { basename, sep } from 'node:path';
import { AnswerboxError, reasonOf } from '../../errors.ts';
import type { KnowledgeStore } from '../../stores/contracts.ts';
import type { SourceRecord } from '../../stores/sync-contracts.ts';
import type { NewJobItem } from '../../stores/job-contracts.ts';
import { fileItem } from '../jobs/file-item.ts';
import { failedResult } from '../jobs/read-item.ts';
import { wholeSourceOf } from '../part-source.ts';
import { walkSources, type ReadFailure } from '../read-sources-walk.ts';

/**
 * What a visit of a folder has to do: read what is there, remove what is known and gone. Of what could not be read
 * nothing is known to be gone: it stays, and is an item that failed. A folder in which nothing is left is taken for
 * a share that is not mounted.
 */
export async function visitFolder(
  { address: folder, id: sourceId, settings: { scope } }: Pick<SourceRecord, 'address' | 'id' | 'settings'>,
  knowledge: Pick<KnowledgeStore, 'listCollection'>,
  walk: typeof walkSources = walkSources,
): Promise<NewJobItem[]> {
  const items: NewJobItem[] = [];
  const failures: ReadFailure[] = [];
  const onFailure = (failure: ReadFailure): void => void failures.push(failure);
  for await (const path of walk([folder], { onFailure, onSkip: () => undefined }))
    items.push({ ...(await fileItem(path)), ...(scope && { scope }) });
  const lost = await stillThere(failures);
  const failed = lost.map(({ source, error }) =>
    failedItem(source, 'folder_unreadable', { reason: String(error.details['reason'] ?? reasonOf(error)) }),
  );
  const there = new Set(items.map(({ source }) => source));
  const known = await knowledge.listCollection(`source:${sourceId}`);
  if (there.size === 0 && lost.length === 0 && known.length > 0)
    return [failedItem(folder, 'folder_empty', { documents: known.length })];
  const gone = known.filter(({ source }) => {
    const file = wholeSourceOf(source);
    return !there.has(source) && !there.has(file) && !lost.some((one) => isUnder(file, one.source));
  });
  return [...items, ...failed, ...gone.map(({ source }) => removalOf(source))];
}

/** The file of a source that is gone, to be looked for once more before its document goes. */
export function removalOf(source: string): NewJobItem {
  return { source, name: basename(source), path: wholeSourceOf(source), action: 'remove' };
}

/** Without what went away while the folder was walked; a link that leads nowhere is still there. */
async function stillThere(failures: readonly ReadFailure[]): Promise<ReadFailure[]> {
  const kept: ReadFailure[] = [];
  for (const failure of failures) {
    const isGone =
      failure.error.code === 'source_vanished' &&
      (await lstat(failure.source).then(
        () => false,
        (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT',
      ));
    if (!isGone) kept.push(failure);
  }
  return kept;
}

function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Over before it is begun, without a path: to read it as a file again would help nobody. */
function failedItem(
  source: string,
  code: 'folder_unreadable' | 'folder_empty',
  details: Record<string, string | number>,
): NewJobItem {
  const ended = failedResult(new AnswerboxError(code, { source, ...details }));
  return { source, name: basename(source), ended };
}
