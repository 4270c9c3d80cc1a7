import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * File to fork for the model process. Built code forks its neighbour; TypeScript source (tests) is
 * bundled first, because Node 20 runs no TypeScript.
 */
export async function resolveChildEntry(ownUrl = import.meta.url): Promise<string> {
  if (!ownUrl.endsWith('.ts')) return fileURLToPath(new URL('./model-process.js', ownUrl));
  const source = fileURLToPath(new URL('./model-process.ts', ownUrl));
  const root = join(dirname(source), '..', '..');
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
  });
  const code = result.outputFiles[0]!.text;
  const folder = join(root, 'node_modules', '.cache', 'answerbox');
  const name = `model-process-${createHash('sha256').update(code).digest('hex').slice(0, 12)}.mjs`;
  await mkdir(folder, { recursive: true });
  // Several test workers may write it at once: none may fork half a file.
  const part = join(folder, `${name}.${process.pid}`);
  await writeFile(part, code);
  await rename(part, join(folder, name));
  return join(folder, name);
}
