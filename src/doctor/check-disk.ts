import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { failed, ok, warning, type Finding } from './doctor-types.ts';

/** Bytes of free space. */
export const DISK = { comfortable: 1e9, least: 1e8 } as const;

export async function checkDisk(config: Config): Promise<Finding> {
  const folder = nearestFolder(resolve(config.data_dir));
  const { bavail, bsize } = await statfs(folder);
  return judgeDisk(folder, bavail * bsize);
}

export function judgeDisk(folder: string, free: number): Finding {
  const evidence = { folder, free_bytes: free };
  const shown = free < 1e9 ? `${Math.floor(free / 1e6)} MB` : `${(free / 1e9).toFixed(1)} GB`;
  if (free >= DISK.comfortable) return ok(`${shown} free at ${folder}`, evidence);
  const fix = 'Free some space, or set ANSWERBOX_DATA_DIR to a folder on a larger disk.';
  if (free >= DISK.least) return warning(`Only ${shown} free at ${folder}.`, fix, evidence);
  return failed(`Only ${shown} free at ${folder}: documents cannot be stored for long.`, fix, evidence);
}

/** The folder itself, or the first above it that exists. */
export function nearestFolder(folder: string): string {
  for (let at = folder; ; at = dirname(at)) if (existsSync(at) || at === dirname(at)) return at;
}
