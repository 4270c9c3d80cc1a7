/**
 * Writes LICENCES.md: the licence of every package that package-lock.json names and of every model in models/, from
 * those files alone, so that each machine writes the same. `node scripts/licences.js` writes, `--check` compares and
 * ends with 1 when the file is not current.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const FILE = `${root}LICENCES.md`;
const read = (path) => JSON.parse(readFileSync(root + path, 'utf8'));

/** Licences under which a program may be passed on with ours, by SPDX name. Another one stops the check. */
const TAKEN = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Where neither lock nor package names one in SPDX's words: read in the package's own licence file. */
const READ_BY_HAND = { 'cohere-ai': 'MIT', duck: 'BSD-2-Clause' };

const lock = read('package-lock.json').packages;

/** By the lock, else by the package itself, which every machine has unless it is for one system alone. */
function licenceOf(path, entry) {
  const name = nameOf(path, entry);
  if (READ_BY_HAND[name]) return READ_BY_HAND[name];
  if (entry.license) return entry.license;
  if (!entry.optional) return licenceIn(path) ?? 'not named';
  // One of the builds of a package for each system: as the package that chooses among them.
  const chooser = Object.entries(lock).find(([, one]) => one.optionalDependencies?.[name]);
  return (chooser && (chooser[1].license ?? licenceIn(chooser[0]))) ?? 'not named';
}

function licenceIn(path) {
  try {
    const { license, licenses } = read(`${path}/package.json`);
    return typeof license === 'string'
      ? license
      : (license?.type ?? licenses?.map(({ type }) => type).join(' OR '));
  } catch {
    return undefined;
  }
}

const nameOf = (path, entry) =>
  entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

function packages() {
  const rows = new Map();
  for (const [path, entry] of Object.entries(lock)) {
    if (path === '' || entry.link) continue;
    const name = nameOf(path, entry);
    const key = `${name}@${entry.version}`;
    const isShipped = !entry.dev && !entry.devOptional;
    rows.set(key, {
      name,
      version: entry.version,
      licence: licenceOf(path, entry),
      shipped: isShipped || rows.get(key)?.shipped === true,
    });
  }
  return [...rows.values()].sort((a, b) => order(a.name, b.name) || order(a.version, b.version));
}

const order = (a, b) => (a < b ? -1 : Number(a > b));

export function unknownLicences(rows) {
  return rows.filter(({ licence }) =>
    licence
      .replace(/[()]/g, '')
      .split(/ OR /)
      .every((choice) => choice.split(/ AND /).some((one) => !TAKEN.has(one.trim()))),
  );
}

export function writeLicences() {
  const rows = packages();
  const table = (some) => some.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  const models = read('models/manifest.json').models.map(
    ({ role, name, licence, base }) => `| ${role} | ${name} | ${licence} | ${base.replaceAll('|', '\\|')} |`,
  );
  const shipped = rows.filter((row) => row.shipped);
  const tools = rows.filter((row) => !row.shipped);
  const text = [
    '# Licences',
    '',
    'Made by `node scripts/licences.js` from `package-lock.json` and `models/manifest.json`; a test keeps it current.',
    'Answerbox itself: Apache-2.0 (`LICENSE`). The full texts lie in each package under `node_modules/`, also in the',
    'image, and beside the models. Packages for other systems and processors are in the list and not installed.',
    '',
    '## Models',
    '',
    '| role | name | licence | made from |',
    '|---|---|---|---|',
    ...models,
    '',
    `## Packages that run (${shipped.length})`,
    '',
    '| package | version | licence |',
    '|---|---|---|',
    ...table(shipped),
    '',
    `## Packages that build and test (${tools.length})`,
    '',
    '| package | version | licence |',
    '|---|---|---|',
    ...table(tools),
    '',
  ].join('\n');
  return { text, unknown: unknownLicences(rows), shipped: shipped.length, tools: tools.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { text, unknown, shipped, tools } = writeLicences();
  for (const { name, version, licence } of unknown)
    console.error(
      `licences: ${name} ${version} is under "${licence}": look at it, then add it to TAKEN or leave it out`,
    );
  if (process.argv.includes('--check')) {
    if (readFileSync(FILE, 'utf8') !== text) {
      console.error('licences: LICENCES.md is not current; run "node scripts/licences.js"');
      process.exitCode = 1;
    }
  } else writeFileSync(FILE, text);
  console.log(`licences: ${shipped} packages that run, ${tools} that build and test`);
  if (unknown.length > 0) process.exitCode = 1;
}
