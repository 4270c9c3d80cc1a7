import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('..', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

test('the lock holds the packages of every platform, else npm ci refuses it', () => {
  execFileSync(process.execPath, ['scripts/complete-lock.js', '--check'], { cwd: ROOT });
});

test('the lock names no registry, so that a mirror serves it as well', () => {
  expect(read('package-lock.json')).not.toContain('"resolved"');
});

test('install scripts are declared, and those that download are refused', () => {
  const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  const wanting = Object.keys(packages)
    .filter((path) => packages[path]?.hasInstallScript)
    .map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  expect(wanting.filter((name) => !(name in allowScripts))).toEqual([]);
  expect(read('.npmrc')).toMatch(/^onnxruntime-node-install=skip$/m);
  expect(read('.npmrc')).toMatch(/^node-llama-cpp-postinstall=skip$/m);
});
