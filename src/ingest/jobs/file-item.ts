import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { NewJobItem } from '../../stores/job-contracts.ts';

/** A file as an item that is read in its turn. */
export async function fileItem(path: string): Promise<NewJobItem> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => 0,
  );
  return { source: path, name: basename(path), path, size };
}
