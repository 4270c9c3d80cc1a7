import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AnswerboxError, throwIfCancelled } from '../errors.ts';
import { syncFolder } from '../files/write-atomically.ts';
import { writeStreamAtomically } from '../files/write-stream-atomically.ts';
import type { BackupInspector } from '../stores/backup-contracts.ts';
import type { BackupPart, BackupSummary } from './backup-format.ts';
import { needRoom } from './need-room.ts';
import { readBackup } from './read-backup.ts';

export interface ExtractOptions {
  inspector: BackupInspector;
  secret: string | null;
  /** As `ReadOptions` has it. */
  allowUnencrypted?: boolean;
  signal?: AbortSignal;
  onProgress?: (step: string, done: number, total: number) => void;
}

/**
 * Writes what a backup holds into an empty folder, on the disk, and opens the stores in it: every page, every
 * reference, and as many rows as there were when it was made.
 * @throws what `readBackup` throws, storage_full (before the first is written, when they would not fit), storage_failed
 */
export async function extractBackup(
  path: string,
  folder: string,
  { inspector, secret, allowUnencrypted = false, signal, onProgress = () => undefined }: ExtractOptions,
): Promise<BackupSummary> {
  const folders = new Set<string>([folder]);
  const parts: BackupPart[] = [];
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const summary = await readBackup(
    path,
    {
      secret,
      allowUnencrypted,
      newestSchema: inspector.newestSchema,
      onManifest: (manifest) =>
        needRoom(
          folder,
          manifest.parts.reduce((sum, { bytes }) => sum + bytes, 0),
        ),
      ...(signal && { signal }),
      onProgress: (done, total) => onProgress('Reading the backup', done, total),
    },
    async (same, content) => {
      const [first, ...others] = same.map((part) => join(folder, part.path));
      await writeStreamAtomically(first!, content);
      for (const other of others) await copySynced(first!, other);
      for (const part of same) folders.add(dirname(join(folder, part.path)));
      parts.push(...same);
    },
  );
  for (const made of folders) await syncFolder(made);
  onProgress('Opening the stores', 0, 1);
  await examine({ path, folder, parts, summary }, inspector, signal);
  return summary;
}

interface Extracted {
  path: string;
  folder: string;
  parts: readonly BackupPart[];
  summary: BackupSummary;
}

async function examine(
  { path, folder, parts, summary }: Extracted,
  inspector: BackupInspector,
  signal?: AbortSignal,
): Promise<void> {
  const fail = (reason: string): AnswerboxError => new AnswerboxError('backup_damaged', { path, reason });
  const of = (kind: BackupPart['kind']): BackupPart[] => parts.filter((part) => part.kind === kind);
  if (of('database').length !== 1) throw fail('it does not hold one database');
  for (const part of of('database')) {
    const found = await inspector.examineDatabase(join(folder, part.path), signal);
    throwIfCancelled(signal);
    if (found.problems.length > 0) throw fail(`its database is damaged: ${found.problems[0]}`);
    if (found.schema !== summary.schema) throw fail('its database has another schema than it says');
    const tables = new Set([...Object.keys(summary.rows), ...Object.keys(found.rows)]);
    for (const table of tables)
      if (found.rows[table] !== summary.rows[table])
        throw fail(
          `table ${table} has ${found.rows[table] ?? 'no'} rows and had ${summary.rows[table] ?? 'none'}`,
        );
  }
  for (const part of of('memory')) {
    const reason = await inspector.examineMemory(join(folder, dirname(part.path)), signal);
    if (reason !== null) throw fail(`${part.path} is damaged: ${reason}`);
  }
}

async function copySynced(from: string, to: string): Promise<void> {
  const handle = await open(from, 'r');
  try {
    await writeStreamAtomically(to, handle.createReadStream({ autoClose: false }));
  } finally {
    await handle.close();
  }
}
