import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackupSummary } from './backup-format.ts';
import { extractBackup, type ExtractOptions } from './extract-backup.ts';

/**
 * Reads everything back and opens the stores, in a temporary folder that only this user can read and that is gone
 * afterwards. @throws as `extractBackup`
 */
export async function verifyBackup(path: string, options: ExtractOptions): Promise<BackupSummary> {
  const folder = await mkdtemp(join(tmpdir(), 'answerbox-verify-'));
  try {
    return await extractBackup(path, join(folder, 'data'), options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
