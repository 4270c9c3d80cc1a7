import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const pathsIn = (page: string): string[] =>
  [...page.matchAll(/`((?:src|scripts)\/[\w./-]+\.(?:ts|js|sh|md)|LICENCES\.md)`/g)].map(([, path]) => path!);

it('claims no requirement of ASVS without a test that is there, and says of each whether it is met', () => {
  const page = readFileSync('src/auth/ASVS.md', 'utf8');
  expect(pathsIn(page).filter((path) => !existsSync(path))).toEqual([]);
  const rows = page
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows.length).toBeGreaterThan(50);
  const states = new Set(rows.map(([, , , state]) => state));
  expect([...states].sort()).toEqual(['in part', 'met', 'not met']);
  const unproven = rows.filter(
    ([, , , state, , shown = '']) => (state === 'not met') !== (pathsIn(shown).length === 0),
  );
  expect(unproven.map(([, requirement]) => requirement)).toEqual([]);
});

it('names no test, script or page in the control map that is not there', () => {
  const page = readFileSync('src/auth/CONTROLS.md', 'utf8');
  const named = pathsIn(page);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
  const rows = page.split('\n').filter((line) => line.startsWith('|') && !/^\|[ -|]+$/.test(line));
  const unproven = rows
    .slice(1)
    .filter((row) => !/`(src|scripts)\/[^`]+\.(test\.ts|sh|js)`/.test(row.split('|').at(-2)!));
  expect(unproven).toEqual([]);
});
