import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { compilerOf } from './lose-power.ts';

interface Sum {
  kills: number;
  files_lost: number;
  acknowledged_writes: number;
  findings: string[];
}

/** The built server under mixed load, its power cut, started again; a seed makes the moments the same. */
function cutPower(...options: string[]): { status: number | null; sum: Sum } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['dist/bench/crash/main.js', '--seed', '3', ...options],
    { encoding: 'utf8' },
  );
  const last = stdout.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`the crash test said nothing: ${stderr}`);
  return { status, sum: JSON.parse(last) as Sum };
}

describe.skipIf(compilerOf() === null)('a power cut of the server', () => {
  it.each([
    ['takes nothing that it acknowledged', ['--power', 'drop', '--kills', '2']],
    ['that tears what was being written takes nothing either', ['--power', 'torn', '--kills', '2']],
    ['with a slow disk takes nothing either', ['--power', 'drop', '--sync-ms', '50', '--kills', '1']],
  ])('%s', (_what, options) => {
    const { status, sum } = cutPower(...options);
    expect(sum.findings).toEqual([]);
    expect(status).toBe(0);
    expect(sum.acknowledged_writes).toBeGreaterThan(0);
    expect(sum.files_lost).toBeGreaterThan(0);
  });

  it('is noticed where the disk lies about what it holds', () => {
    const { status, sum } = cutPower('--power', 'drop', '--lying-disk', '--kills', '1');
    expect(sum.findings.length).toBeGreaterThan(0);
    expect(status).toBe(1);
  });
});
