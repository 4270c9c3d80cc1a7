import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { lockFolder } from './lock-folder.ts';

/** What lock-folder does to the lock file, in a process of its own that says "held" and then waits. */
const HOLDER = `
  import Database from 'better-sqlite3';
  import { writeFileSync } from 'node:fs';
  const [folder] = process.argv.slice(1);
  const database = new Database(folder + '/lock.sqlite', { timeout: 0 });
  database.pragma('journal_mode = DELETE');
  database.exec('BEGIN EXCLUSIVE');
  writeFileSync(folder + '/lock.pid', String(process.pid));
  console.log('held');
  setInterval(() => database.inTransaction, 1000);
`;

async function holdElsewhere(folder: string): Promise<ChildProcess> {
  mkdirSync(folder, { recursive: true });
  const holder = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(createInterface({ input: holder.stdout }), 'line');
  return holder;
}

it('makes the folder, holds it against a second one in this process, and gives it back', () => {
  const folder = join(temporaryFolder(), 'new');
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'data_folder_locked' }));
  lock.release();
  lockFolder(folder).release();
});

it('refuses a folder that another process holds, naming it, and takes it once that is killed', async () => {
  const folder = temporaryFolder();
  const holder = await holdElsewhere(folder);
  expect(() => lockFolder(folder)).toThrow(
    expect.objectContaining({
      code: 'data_folder_locked',
      message: expect.stringContaining(`pid ${holder.pid}`),
    }),
  );
  const gone = once(holder, 'exit');
  holder.kill('SIGKILL');
  await gone;
  lockFolder(folder).release();
});

it('says that the folder cannot be used when a file lies there', () => {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, 'not a folder');
  expect(() => lockFolder(path)).toThrow(expect.objectContaining({ code: 'data_folder_unusable' }));
});
