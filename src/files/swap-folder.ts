import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './write-atomically.ts';

/**
 * Exchanges what a folder holds for what was got ready in a folder inside it, so that a stop at any moment leaves the
 * old or the new, and never a mix that anybody would open. Inside, because a data folder may be a mounted volume,
 * which cannot be renamed. Two marks on the disk tell how far it is:
 *
 *   nothing    the old holds; what was got ready is thrown away
 *   `ready`    what is new is whole: everything beside it is old and moves to old/
 *   `emptied`  the old is out: everything in new/ moves in; then all of this is removed
 */
export interface FolderSwap {
  /** Folder to fill before `commit`. */
  readonly fresh: string;
  /** Makes the exchange; from its first mark on it can only go forward. */
  commit(): Promise<void>;
  /** Throws away what was got ready, unless the exchange has begun. */
  abandonUnlessReady(): Promise<void>;
}

const MARKS = { ready: 'ready', emptied: 'emptied' } as const;

export interface SwapPlace {
  folder: string;
  /** Name of the folder in it in which the exchange is got ready. */
  inside: string;
  /** What stays: locks, and what belongs to neither. */
  keeps: (name: string) => boolean;
  /** Called before each step that changes the disk; tests stop there. */
  onStep?: (step: string) => void;
}

/** Begins an exchange; whatever an earlier one left is finished or thrown away first. */
export async function beginSwap(place: SwapPlace): Promise<FolderSwap> {
  await finishSwap(place);
  const work = join(place.folder, place.inside);
  await mkdir(join(work, 'new'), { recursive: true, mode: 0o700 });
  return {
    fresh: join(work, 'new'),
    commit: async () => {
      await mark(work, MARKS.ready, place);
      await finishSwap(place);
    },
    abandonUnlessReady: async () => {
      if (!isSwapping(place.folder, place.inside)) await rm(work, { recursive: true, force: true });
    },
  };
}

/** True when an exchange was past the point of no return and is not over. */
export function isSwapping(folder: string, inside: string): boolean {
  return existsSync(join(folder, inside, MARKS.ready));
}

/** Brings an exchange that was broken off to its end; nothing when there is none. @returns whether it did */
export async function finishSwap(place: SwapPlace): Promise<boolean> {
  const { folder, inside, keeps, onStep = () => undefined } = place;
  const work = join(folder, inside);
  if (!existsSync(work)) return false;
  const committed = isSwapping(folder, inside);
  if (committed && !existsSync(join(work, MARKS.emptied))) {
    await mkdir(join(work, 'old'), { recursive: true });
    for (const name of await readdir(folder)) {
      if (name === inside || keeps(name)) continue;
      onStep(`out ${name}`);
      await rename(join(folder, name), join(work, 'old', name));
    }
    await syncFolder(folder);
    await mark(work, MARKS.emptied, place);
  }
  if (committed) {
    for (const name of await readdir(join(work, 'new'))) {
      onStep(`in ${name}`);
      await rename(join(work, 'new', name), join(folder, name));
    }
    await syncFolder(folder);
    onStep('remove the old');
    await rm(join(work, 'old'), { recursive: true, force: true });
    // First of the marks: with `ready` alone left, what came in would be taken for the old.
    onStep('remove the mark');
    await rm(join(work, MARKS.ready), { force: true });
    await syncFolder(work);
  }
  onStep('remove the rest');
  await rm(work, { recursive: true, force: true });
  await syncFolder(folder);
  return committed;
}

async function mark(work: string, name: string, { onStep }: SwapPlace): Promise<void> {
  onStep?.(`mark ${name}`);
  const handle = await open(join(work, name), 'w');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(work);
}
