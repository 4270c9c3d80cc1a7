/**
 * 1. One job of so many files in a server that is killed with -9 at so many random moments, a quarter of them followed
 *    by a kill while it starts again; nobody asks for the rest. About 9 minutes for 20 kills over 500 files on 2 cores.
 * 2. Without --kills: ingests 200 and more README files of the installed packages, killed with -9 three times on the
 *    way and run again.
 *
 * Either way the store must then hold what an undisturbed run holds. Needs a build.
 *
 *   npm run build && node scripts/ingest-kill-test.js --kills 20 --files 500 [--seed N]
 *   npm run build && node scripts/ingest-kill-test.js [--files N]
 *
 * Prints one JSON document; ends with 1 when there is a difference.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { kills: { type: 'string' }, files: { type: 'string' }, seed: { type: 'string' } },
});
const IS_JOB = values.kills !== undefined;
const FILES = Number(values.files ?? (IS_JOB ? 500 : 240));
const KILLS = Number(values.kills);
const SEED = Number(values.seed ?? 1);

/** Node 20 runs no TypeScript, so what the tests share is bundled first. */
async function loadComparison(name) {
  const bundled = await build({
    entryPoints: [join(ROOT, `src/testing/${name}.ts`)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  const folder = join(ROOT, 'node_modules/.cache/answerbox');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-${process.pid}.mjs`);
  writeFileSync(file, bundled.outputFiles[0].text);
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(file);
  }
}

function copyReadmes(to) {
  const modules = join(ROOT, 'node_modules');
  const packages = readdirSync(modules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .flatMap(({ name }) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((part) => join(name, part)) : [name],
    );
  let copied = 0;
  for (const name of packages.sort()) {
    const readme = readdirSync(join(modules, name)).find((file) => /^readme\.(md|markdown)$/i.test(file));
    if (!readme || copied === FILES) continue;
    copyFileSync(join(modules, name, readme), join(to, `${name.replaceAll('/', '-')}.md`));
    copied += 1;
  }
  return copied;
}

process.chdir(ROOT);
const work = mkdtempSync(join(tmpdir(), 'answerbox-kill-'));
const dataDirs = { interrupted: join(work, 'killed'), undisturbed: join(work, 'calm') };

async function killReadmeIngest() {
  const documents = join(work, 'documents');
  mkdirSync(documents);
  const files = copyReadmes(documents);
  if (files < 200) throw new Error(`only ${files} README files are installed; 200 are needed`);
  const { compareInterruptedIngest } = await loadComparison('interrupted-ingest');
  const killsAt = [0.15, 0.4, 0.7].map((share) => Math.floor(share * files));
  return { files, ...(await compareInterruptedIngest(documents, killsAt, dataDirs)) };
}

async function killJob() {
  const { compareInterruptedJob } = await loadComparison('interrupted-job');
  return compareInterruptedJob({ files: FILES, kills: KILLS, seed: SEED }, dataDirs);
}

try {
  const { interrupted, undisturbed, ...rest } = await (IS_JOB ? killJob() : killReadmeIngest());
  const shown = ({ vectors, ...content }) => ({ ...content, vectors: vectors.length });
  process.stdout.write(
    `${JSON.stringify({ ...rest, interrupted: shown(interrupted), undisturbed: shown(undisturbed) }, null, 2)}\n`,
  );
  process.exitCode = rest.equal ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
