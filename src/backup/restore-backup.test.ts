import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import { backupInspector, holdFolder } from '../composition/open-backups.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { openBackupFolder, writeOwnFiles } from '../testing/backup-folder.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { finishRestore, restoreBackup } from './restore-backup.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const reading = { inspector: backupInspector, secret: null };
let backup: Buffer;
beforeAll(async () => {
  const source = await openBackupFolder(mkdtempSync(join(tmpdir(), 'answerbox-test-')));
  writeOwnFiles(source.folder);
  await source.conversations.createConversation({ of: 'the backup' });
  const pieces: Buffer[] = [];
  for await (const piece of source.backups.stream()) pieces.push(piece);
  backup = Buffer.concat(pieces);
  await source.close();
});

function backupFile(): string {
  const path = join(temporaryFolder(), 'test.backup');
  writeFileSync(path, backup);
  return path;
}

/** A folder that holds other data. */
async function folderInUse(): Promise<string> {
  const folder = temporaryFolder();
  const old = await openBackupFolder(folder);
  await old.conversations.createConversation({ of: 'the old' });
  await old.conversations.createConversation({ of: 'the old' });
  await old.close();
  writeFileSync(join(folder, 'old.json'), '{}');
  return folder;
}

function conversationsIn(folder: string): number {
  const database = openDatabase(join(folder, 'answerbox.sqlite'));
  try {
    return database.prepare('SELECT count(*) FROM conversations').pluck().get() as number;
  } finally {
    database.close();
  }
}

it('refuses a folder that holds data, unless it may replace it; what was there is gone then', async () => {
  const folder = await folderInUse();
  const path = backupFile();
  const refused = restoreBackup(path, folder, { ...reading, replace: false });
  await expect(refused).rejects.toMatchObject({ code: 'restore_not_empty' });
  expect(conversationsIn(folder)).toBe(2);
  await restoreBackup(path, folder, { ...reading, replace: true });
  expect(readdirSync(folder).sort()).toEqual(['answerbox.sqlite', 'files', 'memory', 'profile.json']);
  expect(conversationsIn(folder)).toBe(1);
});

it('refuses while another process has the folder', async () => {
  const folder = await folderInUse();
  const lock = await holdFolder(folder);
  await expect(holdFolder(folder)).rejects.toMatchObject({ code: 'data_folder_locked' });
  lock.release();
});

it('leaves what was there when the backup cannot be trusted, and when it is stopped', async () => {
  const folder = await folderInUse();
  const before = readdirSync(folder).sort();
  const path = backupFile();
  const bytes = Buffer.from(backup);
  bytes[bytes.byteLength >> 1]! ^= 1;
  writeFileSync(path, bytes);
  await expect(restoreBackup(path, folder, { ...reading, replace: true })).rejects.toMatchObject({
    code: 'backup_damaged',
  });
  writeFileSync(path, backup);
  const controller = new AbortController();
  const stopped = restoreBackup(path, folder, {
    ...reading,
    replace: true,
    signal: controller.signal,
    onProgress: (step) => step === 'Opening the stores' && controller.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(folder).sort()).toEqual(before);
  expect(conversationsIn(folder)).toBe(2);
});

it('leaves the old or the new wherever it ends, never a mix, and nobody opens what is between', async () => {
  const used = await folderInUse();
  const path = backupFile();
  const steps: string[] = [];
  const all = temporaryFolder();
  cpSync(used, all, { recursive: true });
  await restoreBackup(path, all, { ...reading, replace: true, onStep: (step) => steps.push(step) });
  expect(steps.length).toBeGreaterThan(10);
  const whole = readdirSync(all).sort();
  for (const [place, step] of steps.entries()) {
    const folder = temporaryFolder();
    cpSync(used, folder, { recursive: true });
    let passed = 0;
    const ended = restoreBackup(path, folder, {
      ...reading,
      replace: true,
      onStep: () => {
        if (passed++ === place) throw new Error('the power went');
      },
    });
    await expect(ended).rejects.toThrow('the power went');
    const begun = readdirSync(folder).includes('.restore');
    if (begun && readdirSync(join(folder, '.restore')).includes('ready'))
      expect(() => openDatabase(join(folder, 'answerbox.sqlite'))).toThrow(
        expect.objectContaining({ code: 'restore_unfinished' }),
      );
    await finishRestore(folder);
    const isOld = place === 0;
    expect([step, conversationsIn(folder)]).toEqual([step, isOld ? 2 : 1]);
    if (!isOld) expect(readdirSync(folder).sort()).toEqual(whole);
    else expect(readFileSync(join(folder, 'old.json'), 'utf8')).toBe('{}');
    expect(readdirSync(folder)).not.toContain('.restore');
  }
});

it('keeps the backups that lie in the folder, and refuses one that would be taken away', async () => {
  const folder = await folderInUse();
  const inside = join(folder, 'mine.backup');
  writeFileSync(inside, backup);
  await expect(restoreBackup(inside, folder, { ...reading, replace: true })).rejects.toMatchObject({
    code: 'usage',
  });
  cpSync(inside, join(folder, 'backups', 'answerbox-000001-2026-11-22T02-00-00Z.backup'));
  const kept = join(folder, 'backups', 'answerbox-000001-2026-11-22T02-00-00Z.backup');
  await restoreBackup(kept, folder, { ...reading, replace: true });
  expect(readFileSync(kept).equals(backup)).toBe(true);
});
