import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countSources, readSources, type ReadSourcesOptions } from './read-sources.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-sources-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(path: string, content = 'text'): Promise<string> {
  const full = join(folder, path);
  await mkdir(join(full, '..'), { recursive: true });
  await writeFile(full, content);
  return full;
}

async function read(paths: string[], options: ReadSourcesOptions = {}) {
  const found: string[] = [];
  const failed: string[] = [];
  const skipped: string[] = [];
  const onFailure: ReadSourcesOptions['onFailure'] = ({ source, error }) =>
    failed.push(`${relative(folder, source)}: ${error.code}`);
  const onSkip = (source: string) => skipped.push(relative(folder, source));
  for await (const { source } of readSources(paths, { onFailure, onSkip, ...options }))
    found.push(relative(folder, source));
  return { found, failed, skipped };
}

describe('readSources', () => {
  it('walks folders in name order and takes documents only', async () => {
    for (const path of [
      'b.md',
      'a/z.txt',
      'a/b.HTML',
      'a/c.htm',
      'c.markdown',
      'd.pdf',
      'e.exe',
      '.hidden.md',
      '.git/x.md',
      'node_modules/m.md',
    ])
      await put(path);
    expect(await read([folder])).toEqual({
      found: ['a/b.HTML', 'a/c.htm', 'a/z.txt', 'b.md', 'c.markdown', 'd.pdf'],
      failed: [],
      skipped: ['e.exe'],
    });
    expect(await countSources([folder])).toBe(6);
  });

  it('gives bytes, name and absolute path', async () => {
    const source = await put('a.md', 'Grüße');
    const files = [];
    for await (const file of readSources([relative(process.cwd(), source)])) files.push(file);
    expect(files).toEqual([{ source, name: 'a.md', bytes: Buffer.from('Grüße') }]);
  });

  it('takes what is named, hidden or of another kind, and each file once', async () => {
    const odd = await put('data.csv');
    await put('node_modules/m.md');
    await put('.hidden/h.md');
    const paths = [
      odd,
      join(folder, 'node_modules'),
      join(folder, '.hidden'),
      join(folder, '.hidden/h.md'),
      odd,
    ];
    expect((await read(paths)).found).toEqual(['data.csv', 'node_modules/m.md', '.hidden/h.md']);
  });

  it('follows links but not in circles', async () => {
    await put('a/one.md');
    await symlink(folder, join(folder, 'a/circle'));
    await symlink(join(folder, 'a/one.md'), join(folder, 'link.md'));
    await symlink(join(folder, 'nowhere'), join(folder, 'broken.md'));
    expect(await read([folder])).toEqual({
      found: ['a/one.md', 'link.md'],
      failed: ['broken.md: source_vanished'],
      skipped: [],
    });
  });

  it('refuses large files without reading them and goes on', async () => {
    await put('a.md', 'x'.repeat(11));
    await put('b.md', 'x'.repeat(10));
    expect(await read([folder], { maxBytes: 10 })).toMatchObject({
      found: ['b.md'],
      failed: ['a.md: document_too_large'],
    });
  });

  it('reports what does not exist, and what goes while it walks', async () => {
    await put('a.md');
    const gone = await put('b.md');
    const failed: string[] = [];
    for await (const { name } of readSources([folder], {
      onFailure: ({ error }) => failed.push(error.code),
    })) {
      expect(name).toBe('a.md');
      await rm(gone);
    }
    expect(failed).toEqual(['source_vanished']);
    expect((await read([join(folder, 'never.md')])).failed).toEqual(['never.md: source_unreadable']);
  });

  it('refuses FIFOs and devices', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.md')]);
    expect((await read([join(folder, 'pipe.md'), '/dev/zero'])).failed).toEqual([
      'pipe.md: source_unreadable',
      `${relative(folder, '/dev/zero')}: source_unreadable`,
    ]);
    expect(await read([folder])).toMatchObject({ found: [], failed: ['pipe.md: source_unreadable'] });
  });

  it.skipIf(process.getuid?.() === 0)('reports files and folders that may not be read', async () => {
    await chmod(await put('a.md'), 0);
    await put('closed/b.md');
    await put('c.md');
    await chmod(join(folder, 'closed'), 0);
    const { found, failed } = await read([folder]);
    await chmod(join(folder, 'closed'), 0o700);
    expect(found).toEqual(['c.md']);
    expect(failed).toEqual(['a.md: source_unreadable', 'closed: source_unreadable']);
  });

  it('stops when cancelled', async () => {
    await put('a.md');
    await put('b.md');
    const cancel = new AbortController();
    const work = async () => {
      for await (const _file of readSources([folder], { signal: cancel.signal })) cancel.abort();
    };
    await expect(work()).rejects.toMatchObject({ code: 'cancelled' });
  });
});
