import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('of all packages and models are in LICENCES.md, current, and none that we may not pass on', () => {
  const said = execFileSync(process.execPath, ['scripts/licences.js', '--check'], { encoding: 'utf8' });
  expect(said).toMatch(/licences: \d{3,} packages that run/);
});
