import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AnswerboxError } from '../errors.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { createFaults } from './faults.ts';
import { watchMachine } from './watch-machine.ts';

/** A disk of its own, which only root may mount. */
function mountDisk(options: string): string | null {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

describe('faults', () => {
  it('are told once, each since its first time, the failing before the healed', () => {
    const logged: string[] = [];
    let minute = 0;
    const now = (): Date => new Date(Date.UTC(2026, 10, 22, 2, minute));
    const faults = createFaults({ now, log: (level, message) => logged.push(`${level} ${message}`) });
    faults.notice(new AnswerboxError('store_damaged', { path: '/secret/place', reason: 'page 7' }));
    minute = 5;
    faults.notice(new AnswerboxError('store_damaged', { path: '/secret/place', reason: 'page 8' }));
    faults.notice(new AnswerboxError('question_empty'));
    faults.notice(new Error('a bug'));
    faults.report('store', 'healed', 'it looks well again');
    faults.report('index', 'healed', 'built again');
    expect(faults.list()).toEqual([
      expect.objectContaining({ part: 'store', state: 'failing', since: '2026-11-22T02:00:00.000Z' }),
      expect.objectContaining({ part: 'index', state: 'healed' }),
    ]);
    expect(JSON.stringify(faults.list())).not.toContain('/secret');
    expect(logged).toHaveLength(2);
    faults.clear('store');
    expect(faults.list()).toHaveLength(1);
  });
});

describe('the machine is watched', () => {
  it('for a clock that is set, back or forward, and not for time that passes', async () => {
    const faults = createFaults();
    let [wall, steady] = [1_000_000_000, 0];
    const pass = (ms: number, set = 0): void => {
      wall += ms + set;
      steady += ms;
    };
    const machine = watchMachine({
      folder: temporaryFolder(),
      faults,
      wall: () => wall,
      steady: () => steady,
      probe: () => Promise.resolve(null),
    });
    pass(86_400_000);
    await machine.look();
    expect(faults.list()).toEqual([]);
    pass(15_000, -3_600_000);
    await machine.look();
    expect(faults.list()).toMatchObject([
      { part: 'clock', message: expect.stringContaining('back by 3600 seconds') },
    ]);
    pass(15_000, 7_200_000);
    await machine.look();
    expect(faults.list()).toMatchObject([{ message: expect.stringContaining('forward by 7200 seconds') }]);
    for (let look = 0; look < 250; look += 1) {
      pass(15_000);
      await machine.look();
    }
    expect(faults.list()).toEqual([]);
  });

  it('for a disk that is slow or hangs, with one probe at a time, until it is quick again', async () => {
    const faults = createFaults();
    let [steady, probes] = [0, 0];
    let answer = (_found: string | null): void => undefined;
    const machine = watchMachine({
      folder: temporaryFolder(),
      faults,
      wall: () => steady,
      steady: () => steady,
      probe: () => {
        probes += 1;
        return new Promise((resolve) => (answer = resolve));
      },
    });
    const slow = [{ part: 'disk', state: 'failing', message: expect.stringMatching(/slow/) }];
    const first = machine.look();
    steady += 1_000;
    await machine.look();
    expect(faults.list()).toEqual([]);
    steady += 14_000;
    await machine.look();
    expect(faults.list()).toMatchObject(slow);
    expect(probes).toBe(1);
    answer(null);
    await first;
    expect(faults.list()).toMatchObject(slow);
    const second = machine.look();
    steady += 50;
    answer(null);
    await second;
    expect([probes, faults.list()]).toEqual([2, []]);
    const third = machine.look();
    steady += 5_000;
    answer('it cannot be written');
    await third;
    expect(faults.list()).toMatchObject([{ message: 'it cannot be written' }]);
  });

  it('for a disk that is full or cannot be written, until it can', async () => {
    const disk = mountDisk('size=32m');
    if (disk === null) return;
    const faults = createFaults();
    const machine = watchMachine({ folder: disk, faults });
    await machine.look();
    expect(faults.list()).toEqual([]);
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize - 8_000_000));
    await machine.look();
    expect(faults.list()).toMatchObject([
      { part: 'disk', state: 'failing', message: expect.stringMatching(/full/) },
    ]);
    writeFileSync(join(disk, 'ballast'), '');
    await machine.look();
    expect(faults.list()).toEqual([]);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    await machine.look();
    expect(faults.list()).toMatchObject([
      { part: 'disk', state: 'failing', message: expect.stringMatching(/cannot be written/) },
    ]);
    execFileSync('mount', ['-o', 'remount,rw', disk]);
    await machine.look();
    expect(faults.list()).toEqual([]);
    expect(existsSync(join(disk, 'probe.tmp'))).toBe(false);
    expect(readFileSync(join(disk, 'ballast'), 'utf8')).toBe('');
  });
});
