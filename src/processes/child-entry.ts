import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * File to fork for a child process. Built code forks its neighbour; TypeScript source (tests) is bundled
 * first, because Node 20 runs no TypeScript.
 * @param name the entry beside the caller, as './model-process.ts'
 * @param callerUrl the caller's import.meta.url
 */
export async function resolveChildEntry(name: string, callerUrl: string): Promise<string> {
  if (!callerUrl.endsWith('.ts')) return fileURLToPath(new URL(name.replace(/\.ts$/, '.js'), callerUrl));
  const source = fileURLToPath(new URL(name, callerUrl));
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
  const folder = join(packageRoot(source), 'node_modules', '.cache', 'answerbox');
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 12);
  const file = `${basename(source, '.ts')}-${hash}.mjs`;
  await mkdir(folder, { recursive: true });
  // Several test workers may write it at once: none may fork half a file.
  const part = join(folder, `${file}.${process.pid}`);
  await writeFile(part, code);
  await rename(part, join(folder, file));
  return join(folder, file);
}

/** The folder above src/. */
function packageRoot(source: string): string {
  let folder = dirname(source);
  while (basename(folder) !== 'src' && dirname(folder) !== folder) folder = dirname(folder);
  return dirname(folder);
}
