import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AnswerboxError } from '../errors.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { BackupSummary } from './backup-format.ts';
import { createBackupSchedule } from './backup-schedule.ts';

const HOUR = 3_600_000;

/** A clock that the test sets, and files that bear its time. */
function openSchedule(keep = 3, everyHours = 24) {
  const folder = join(temporaryFolder(), 'backups');
  mkdirSync(folder);
  let at = Date.parse('2026-11-22T02:00:00Z');
  let broken: Error | null = null;
  const logged: string[] = [];
  const schedule = createBackupSchedule({
    folder,
    everyHours,
    keep,
    now: () => new Date(at),
    log: (level, message) => logged.push(`${level}: ${message}`),
    run: async (path) => {
      if (broken) throw broken;
      writeFileSync(path, 'whole');
      utimesSync(path, at / 1000, at / 1000);
      return { path, bytes: 5 } as BackupSummary;
    },
  });
  return {
    schedule,
    folder,
    logged,
    names: () => readdirSync(folder).map((name) => name.slice(0, 16)),
    pass: (hours: number) => (at += hours * HOUR),
    breakIt: (error: Error | null) => (broken = error),
  };
}

it('makes one when one is due, and keeps so many', async () => {
  const { schedule, names, pass } = openSchedule();
  expect(await schedule.look()).toBe(true);
  expect(await schedule.look()).toBe(false);
  for (let day = 0; day < 4; day += 1) {
    pass(23);
    expect(await schedule.look()).toBe(false);
    pass(1);
    expect(await schedule.look()).toBe(true);
  }
  expect(names()).toEqual(['answerbox-000003', 'answerbox-000004', 'answerbox-000005']);
});

it('removes what a killed one had written, and nothing else', async () => {
  const { schedule, folder } = openSchedule();
  const others = ['answerbox-000007.backup.12.part', 'notes.part', 'my.backup'];
  const killed = 'answerbox-000001-2026-11-21T02-00-00Z.backup.731.part';
  for (const name of [...others, killed]) writeFileSync(join(folder, name), 'half');
  expect(await schedule.look()).toBe(true);
  const left = readdirSync(folder).filter((name) => !/T.*Z\.backup$/.test(name));
  expect(left.sort()).toEqual(others.sort());
});

it('keeps the old ones while new ones fail, and says so', async () => {
  const { schedule, names, pass, breakIt, logged } = openSchedule(1);
  await schedule.look();
  breakIt(new AnswerboxError('storage_full', { path: '/data' }));
  for (let day = 0; day < 3; day += 1) {
    pass(24);
    expect(await schedule.look()).toBe(false);
  }
  expect(names()).toEqual(['answerbox-000001']);
  expect(schedule.state().failure).toMatch(/is full/);
  expect(logged.at(-1)).toMatch(/^error: backup: .*is full/);
  breakIt(null);
  expect(await schedule.look()).toBe(true);
  expect(names()).toEqual(['answerbox-000002']);
  expect(schedule.state().failure).toBeNull();
});

it('goes on when the clock was set back, and takes away the oldest all the same', async () => {
  const { schedule, names, pass } = openSchedule(2);
  await schedule.look();
  pass(24);
  await schedule.look();
  pass(-24 * 365);
  expect(await schedule.look()).toBe(true);
  expect(await schedule.look()).toBe(false);
  expect(names()).toEqual(['answerbox-000002', 'answerbox-000003']);
});

it('touches no file that it did not make, and makes none when it is switched off', async () => {
  const { schedule, folder, names } = openSchedule(1, 0);
  writeFileSync(join(folder, 'before-schema-3.sqlite'), 'x');
  writeFileSync(join(folder, 'mine.backup'), 'x');
  expect(await schedule.look()).toBe(false);
  await schedule.make();
  await schedule.make();
  expect(names().sort()).toEqual(['answerbox-000002', 'before-schema-3.', 'mine.backup']);
});
