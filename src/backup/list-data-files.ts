import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { throwIfCancelled } from '../errors.ts';
import { isOwnName, isSafePath } from './part-path.ts';

/** The database is copied by its own means; so is memory/personal. */
const BY_OTHER_MEANS = /^answerbox\.sqlite(-wal|-shm|-journal)?$/;
/** Made again from the database at the next start: the vector index; caches and kept answers. */
const DERIVED = /^(vectors|memory)$/;
/** Half-written files, and what was moved aside because it is damaged. */
const TEMPORARY = /(\.part|\.tmp|-damaged-[\dTZ-]+)$/;

export interface DataFiles {
  /** Relative to the folder, with forward slashes, sorted. */
  paths: string[];
  /** Links and the like, which are not followed, and what was to be left out. */
  leftOut: string[];
}

/**
 * All files of the data folder that a backup takes as they are: whatever is not known to be derived.
 * @param options.leaveOut paths that are named and not taken
 */
export async function listDataFiles(
  folder: string,
  { leaveOut = [], signal }: { leaveOut?: readonly string[]; signal?: AbortSignal } = {},
): Promise<DataFiles> {
  const found: DataFiles = { paths: [], leftOut: [] };
  const walk = async (below: string): Promise<void> => {
    throwIfCancelled(signal);
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      const isTop = below === '';
      if (isTop && (isOwnName(entry.name) || BY_OTHER_MEANS.test(entry.name) || DERIVED.test(entry.name)))
        continue;
      if (TEMPORARY.test(entry.name)) continue;
      if (!isSafePath(path) || leaveOut.includes(path)) found.leftOut.push(path);
      else if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) found.paths.push(path);
      else found.leftOut.push(path);
    }
  };
  await walk('');
  found.paths.sort();
  return found;
}
