import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('names no test, script or page in the control map that is not there', () => {
  const page = readFileSync('src/auth/CONTROLS.md', 'utf8');
  const named = [...page.matchAll(/`((?:src|scripts)\/[\w./-]+\.(?:ts|js|sh|md)|LICENCES\.md)`/g)].map(
    ([, path]) => path!,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
  const rows = page.split('\n').filter((line) => line.startsWith('|') && !/^\|[ -|]+$/.test(line));
  const unproven = rows
    .slice(1)
    .filter((row) => !/`(src|scripts)\/[^`]+\.(test\.ts|sh|js)`/.test(row.split('|').at(-2)!));
  expect(unproven).toEqual([]);
});
