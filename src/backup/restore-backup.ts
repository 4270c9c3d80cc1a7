import { mkdir, readdir } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { AnswerboxError } from '../errors.ts';
import { beginSwap, finishSwap, type SwapPlace } from '../files/swap-folder.ts';
import type { BackupSummary } from './backup-format.ts';
import { extractBackup, type ExtractOptions } from './extract-backup.ts';
import { BACKUPS_FOLDER, isOwnName, RESTORE_FOLDER } from './part-path.ts';

export interface RestoreOptions extends ExtractOptions {
  /** Replace what the folder holds. */
  replace: boolean;
  /** Takes along what must outlive the old data: the list of erased persons. Called before anything old is touched. */
  carryOver?: (from: string, into: string) => Promise<void>;
  onStep?: NonNullable<SwapPlace['onStep']>;
}

/** Where a restore exchanges what a data folder holds. Locks and backups stay. */
function placeIn(folder: string): SwapPlace {
  return { folder, inside: RESTORE_FOLDER, keeps: isOwnName };
}

/**
 * Puts what a backup holds into the data folder, which the caller has locked. Everything is written beside the old and
 * opened before the first old file is touched; a stop at any moment leaves the old or the new.
 * @throws restore_not_empty, what `extractBackup` throws
 */
export async function restoreBackup(
  path: string,
  folder: string,
  { replace, carryOver, onStep, ...options }: RestoreOptions,
): Promise<BackupSummary> {
  await mkdir(folder, { recursive: true });
  const place: SwapPlace = { ...placeIn(folder), ...(onStep && { onStep }) };
  await finishSwap(place);
  const inTheWay = (await readdir(folder)).filter((name) => !isOwnName(name));
  if (inTheWay.length > 0 && !replace) throw new AnswerboxError('restore_not_empty', { path: folder });
  refuseOwnData(path, folder);
  const swap = await beginSwap(place);
  try {
    const summary = await extractBackup(path, swap.fresh, options);
    await carryOver?.(folder, swap.fresh);
    await swap.commit();
    return summary;
  } catch (error) {
    // Past the first mark the exchange is finished by whoever opens the folder next, never undone.
    await swap.abandonUnlessReady();
    throw error;
  }
}

/** Brings a restore that was broken off to its end, before anything in the folder is opened. */
export function finishRestore(folder: string): Promise<boolean> {
  return finishSwap(placeIn(folder));
}

/** A backup that lies where the old data is taken away would go with it. */
function refuseOwnData(path: string, folder: string): void {
  const inside = relative(resolve(folder), resolve(path));
  const isInside = inside !== '' && !inside.startsWith('..') && !isAbsolute(inside);
  const first = inside.split(/[\\/]/)[0] ?? '';
  if (isInside && first !== BACKUPS_FOLDER)
    throw new AnswerboxError('usage', {
      reason: `${path} lies in the data folder that it is to replace. Move it out first, or to ${dirname(folder)}.`,
    });
}
