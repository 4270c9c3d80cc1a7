/**
 * Adds the optional packages of other platforms that package-lock.json lacks, so that `npm ci` takes it
 * everywhere. npm leaves out those that the registry at hand could not serve when the lock was written,
 * and then refuses its own lock as 'not in sync'. Run after `npm install NAME`; `--check` only looks.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = { mac: 'darwin', win: 'win32' };
const PROCESSORS = { armv7l: 'arm' };

/** Where Node would find `name` from the package at `place`, or null. */
function resolveFrom(packages, place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (path in packages) return path;
    if (folder === '') return null;
  }
}

/** '@rollup/rollup-linux-arm64-musl' → { os: ['linux'], cpu: ['arm64'], libc: ['musl'] } */
function platformOf(name) {
  const pattern =
    /(android|darwin|mac|freebsd|openbsd|netbsd|sunos|aix|linux|linuxmusl|openharmony|win32|win)-(arm64|armv7l|arm|x64|ia32|ppc64|riscv64|s390x|loong64|mips64el)(?:-(gnu|musl))?/;
  const [, os, cpu, libc] = pattern.exec(name) ?? [];
  if (os === undefined) throw new Error(`no platform in the name of ${name}: add it to the lock by hand`);
  return {
    cpu: [PROCESSORS[cpu] ?? cpu],
    libc: libc === undefined ? undefined : [libc === 'gnu' ? 'glibc' : libc],
    os: [SYSTEMS[os] ?? os],
  };
}

function missingFrom(packages) {
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => resolveFrom(packages, place, name) === null)
      .map(([name, version]) => ({ name, version, dev })),
  );
}

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const missing = missingFrom(lock.packages);

if (process.argv.includes('--check')) {
  for (const { name } of missing) console.error(`missing in package-lock.json: ${name}`);
  process.exitCode = missing.length > 0 ? 1 : 0;
} else if (missing.length > 0) {
  for (const { name, version, dev } of missing) {
    if (!/^\d/.test(version)) throw new Error(`${name} is wanted as ${version}, not as one version`);
    const { cpu, libc, os } = platformOf(name);
    // In the order in which npm writes them.
    lock.packages[`node_modules/${name}`] = { version, cpu, dev, libc, optional: true, os };
  }
  const order = (one, other) => one[0].localeCompare(other[0], 'en');
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(order));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${missing.length} packages of other platforms added`);
}
