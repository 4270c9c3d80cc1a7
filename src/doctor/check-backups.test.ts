import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noteVerified, readBackupState } from '../backup/backup-state.ts';
import { createFaults } from '../faults/faults.ts';
import { createBackups } from '../backup/backups.ts';
import { backupInspector, backupStoresOf } from '../composition/open-backups.ts';
import { OWN_KEY_FILE } from '../secrets/read-keys.ts';
import { openBackupFolder } from '../testing/backup-folder.ts';
import { testConfig } from '../testing/start-test-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { checkBackups, judgeBackups } from './check-backups.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');

/** A backup by schedule of so many hours ago, by its file's date. */
function keep(folder: string, number: number, hoursAgo: number): void {
  const path = join(folder, 'backups', `answerbox-00000${number}-2026-11-01T00-00-00Z.backup`);
  mkdirSync(join(folder, 'backups'), { recursive: true });
  writeFileSync(path, 'x');
  const at = new Date(NOW.getTime() - hoursAgo * 3_600_000);
  utimesSync(path, at, at);
}

describe('backups', () => {
  it('are missed when they are older than the schedule, and when none was ever read back', async () => {
    const folder = temporaryFolder();
    const daily = testConfig(folder, { backup_every_hours: 24 });
    const judged = async (config = daily) =>
      judgeBackups(await readBackupState(config, NOW), config.backup_every_hours);
    expect(await checkBackups(daily)).toMatchObject({ status: 'ok', message: 'nothing is stored yet' });
    expect(await judged(testConfig(folder))).toMatchObject({
      status: 'warning',
      message: 'No backup was ever made.',
    });
    expect(await judged()).toMatchObject({
      status: 'warning',
      message: expect.stringMatching(/every 24 hours/),
    });
    keep(folder, 1, 50);
    expect(await judged()).toMatchObject({ status: 'warning', message: expect.stringMatching(/2026-11-20/) });
    keep(folder, 2, 25);
    expect(await judged()).toMatchObject({
      status: 'warning',
      message: 'No backup was ever read back.',
      fix: expect.stringMatching(/backup verify/),
    });
    await noteVerified(folder, { created_at: '2026-11-21T11:00:00.000Z' }, NOW);
    expect(await judged()).toMatchObject({ status: 'ok' });
    // One that lies elsewhere is no backup by schedule.
    expect(await judged(testConfig(folder, { backup_every_hours: 12 }))).toMatchObject({ status: 'warning' });
    writeFileSync(join(folder, 'backups', 'verified.json'), 'half');
    expect(await judged()).toMatchObject({ evidence: { verified: 'never' } });
  });

  it('that are overdue are a fault of the running server until one was made', async () => {
    const source = await openBackupFolder(temporaryFolder());
    const faults = createFaults();
    let now = NOW;
    const config = testConfig(source.folder, { backup_every_hours: 24, backup_key_file: '/no/such/key' });
    const tools = {
      stores: backupStoresOf(source.database, source.memory),
      inspector: backupInspector,
      program: '1',
      secretsKey: OWN_KEY_FILE,
      log: () => undefined,
      faults,
      now: () => now,
    };
    const failing = createBackups({ ...tools, config });
    expect(await failing.schedule.look()).toBe(false);
    expect(faults.list()).toMatchObject([
      { part: 'backup', state: 'failing', message: expect.stringMatching(/by schedule was ever made/) },
    ]);
    expect(await failing.state()).toEqual({ last_at: null, verified_at: null, overdue: true });
    now = new Date();
    const working = createBackups({ ...tools, config: { ...config, backup_key_file: '' } });
    expect(await working.schedule.look()).toBe(true);
    expect(faults.list()).toEqual([]);
    expect(await working.state()).toMatchObject({ overdue: false, verified_at: now.toISOString() });
    await source.close();
  });
});
