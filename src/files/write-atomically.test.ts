import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { writeAtomically } from './write-atomically.ts';

it('replaces a file whole, makes its folder, and leaves nothing beside it', async () => {
  const folder = join(temporaryFolder(), 'made');
  const path = join(folder, 'words.json');
  await writeAtomically(path, 'first, and longer');
  await writeAtomically(path, Uint8Array.of(104, 105));
  expect(readFileSync(path, 'utf8')).toBe('hi');
  expect(readdirSync(folder)).toEqual(['words.json']);
});

it('keeps what is there when it cannot be replaced, and says why', async () => {
  const path = join(temporaryFolder(), 'taken');
  mkdirSync(join(path, 'inside'), { recursive: true });
  await expect(writeAtomically(path, 'x')).rejects.toMatchObject({ code: 'storage_failed' });
  expect(readdirSync(path)).toEqual(['inside']);
  expect(readdirSync(join(path, '..'))).toEqual(['taken']);
});
