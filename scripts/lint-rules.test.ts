import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import { afterEach, expect, test, vi } from 'vitest';

// The rules are tried on small trees with faults put in, each beside its innocent neighbour.

// Typed linting loads TypeScript first, which a busy machine takes seconds for.
vi.setConfig({ testTimeout: 60_000 });

const configFile = new URL('../eslint.config.js', import.meta.url).href;
const { lintRules } = (await import(configFile)) as { lintRules: (root: string) => Linter.Config[] };

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: 'ES2023',
    module: 'NodeNext',
    strict: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
    jsx: 'preserve',
  },
  include: ['src', 'web'],
});

const trees: string[] = [];
afterEach(async () => {
  for (const tree of trees.splice(0)) await rm(tree, { recursive: true });
});

/** Lints a tree of files; returns `path rule` for every finding, sorted. */
async function findings(files: Record<string, string>): Promise<string[]> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'lint-rules-')));
  trees.push(root);
  const all = { 'tsconfig.json': TSCONFIG, 'package.json': '{"type":"module"}', ...files };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: lintRules(root) });
  const results = await eslint.lintFiles(['src', 'web'].filter((folder) => hasFolder(files, folder)));
  return results
    .flatMap((result) =>
      result.messages.map((one) => `${result.filePath.slice(root.length + 1)} ${one.ruleId ?? one.message}`),
    )
    .sort();
}

function hasFolder(files: Record<string, string>, folder: string): boolean {
  return Object.keys(files).some((path) => path.startsWith(`${folder}/`));
}

const DIRECTION = 'answerbox/import-direction';
const VALUE = 'export const value: number = 1;\n';

/** A file that imports the `value` of each path. */
function importing(...paths: string[]): string {
  const imports = paths.map((path, place) => `import { value as v${String(place)} } from '${path}';`);
  return `${imports.join('\n')}\nexport const value: number = ${paths.map((_, place) => `v${String(place)}`).join(' + ')};\n`;
}

test('a cycle is found in both files, types may point back', async () => {
  expect(
    await findings({
      'src/answer/first.ts': importing('./second.ts'),
      'src/answer/second.ts': importing('./first.ts'),
      'src/text/shape.ts': `import type { B } from './back.ts';\nexport interface A { b: B }\n`,
      'src/text/back.ts': `import type { A } from './shape.ts';\nexport interface B { a: A | null }\n`,
    }),
  ).toEqual(['src/answer/first.ts import-x/no-cycle', 'src/answer/second.ts import-x/no-cycle']);
});

test('imports against the direction are found, those along it are not', async () => {
  const leaf = { 'src/stores/contracts.ts': VALUE, 'src/errors.ts': VALUE, 'src/text/words.ts': VALUE };
  expect(
    await findings({
      ...leaf,
      'src/answer/answer.ts': importing('../errors.ts', '../stores/contracts.ts', '../text/words.ts'),
      'src/api/route.ts': importing('../answer/answer.ts'),
      'src/ingest/ingest.ts': importing('../api/route.ts', '../answer/answer.ts'),
      'src/text/upward.ts': importing('../errors.ts'),
      'src/stores/upward.ts': `export { value } from '../ingest/ingest.ts';\n`,
      'src/inference/lazy.ts': `export const load = () => import('../answer/answer.ts');\n`,
      'src/answer/program.ts': importing('../app.ts'),
      'src/app.ts': importing('./errors.ts'),
      'src/shiny/new.ts': importing('../errors.ts'),
    }),
  ).toEqual([
    `src/answer/program.ts ${DIRECTION}`,
    `src/inference/lazy.ts ${DIRECTION}`,
    `src/ingest/ingest.ts ${DIRECTION}`,
    `src/ingest/ingest.ts ${DIRECTION}`,
    `src/shiny/new.ts ${DIRECTION}`,
    `src/stores/upward.ts ${DIRECTION}`,
    `src/text/upward.ts ${DIRECTION}`,
  ]);
});

test('only the composition names an adapter, and only tests a fake', async () => {
  expect(
    await findings({
      'src/stores/sqlite/store.ts': importing('./open.ts'),
      'src/stores/sqlite/open.ts': VALUE,
      'src/inference/onnx-embedder.ts': VALUE,
      'src/inference/model-process.ts': importing('./onnx-embedder.ts'),
      'src/ingest/embed.ts': importing('../inference/onnx-embedder.ts'),
      'src/inference/fakes.ts': VALUE,
      'src/inference/fakes.test.ts': importing('./fakes.ts'),
      'src/serve.ts': importing('./inference/fakes.ts'),
      'src/stores/vectors/index.ts': importing('../sqlite/open.ts'),
      'src/answer/answer.ts': importing('../stores/sqlite/store.ts'),
      'src/api/route.ts': `import type { value } from '../stores/sqlite/store.ts';\nexport type V = typeof value;\n`,
      'src/app.ts': importing('./stores/sqlite/store.ts', './composition/open-stores.ts'),
      'src/composition/open-stores.ts': importing(
        '../stores/sqlite/store.ts',
        '../inference/onnx-embedder.ts',
      ),
      'src/stores/store.test.ts': importing('./sqlite/store.ts'),
    }),
  ).toEqual([
    `src/answer/answer.ts ${DIRECTION}`,
    `src/api/route.ts ${DIRECTION}`,
    `src/app.ts ${DIRECTION}`,
    `src/ingest/embed.ts ${DIRECTION}`,
    `src/serve.ts ${DIRECTION}`,
    `src/stores/vectors/index.ts ${DIRECTION}`,
  ]);
});

test('web takes only types from src, and src nothing from web or bench', async () => {
  expect(
    await findings({
      'src/answer/answer-types.ts': `export interface Answer { answer: string }\nexport const value = 1;\n`,
      'src/api/page.ts': importing('../../web/src/page.ts', '../../bench/load.ts'),
      'bench/load.ts': VALUE,
      'web/src/page.ts': VALUE,
      'web/src/types.ts': `import type { Answer } from '../../src/answer/answer-types.ts';\nexport type A = Answer;\n`,
      'web/src/values.ts': importing('../../src/answer/answer-types.ts'),
    }),
  ).toEqual([
    `src/api/page.ts ${DIRECTION}`,
    `src/api/page.ts ${DIRECTION}`,
    `web/src/values.ts ${DIRECTION}`,
  ]);
});

test('promises left alone, promises handed where none is awaited, and forgotten cases are found', async () => {
  expect(
    await findings({
      'src/answer/promises.ts': `
export async function work(): Promise<boolean> { return Promise.resolve(true); }
export function floating(): void { work(); }
export function handed(take: (done: () => void) => void): void { take(async () => { await work(); }); }
export async function waited(): Promise<void> { await work(); }
`,
      'src/answer/cases.ts': `
export function name(one: 'a' | 'b'): string {
  switch (one) { case 'a': return 'first'; }
  return 'other';
}
export function whole(one: 'a' | 'b'): string {
  switch (one) { case 'a': return 'first'; case 'b': return 'second'; }
}
`,
      'src/answer/loose.ts': `
import { work } from './promises.ts';
export function loose(one: any): unknown { return [one, work]; }
`,
      'src/answer/shape-user.ts': `
import { Shape } from './shape.ts';
export const one: Shape = { name: '' };
`,
      'src/answer/shape.ts': `export interface Shape { name: string }\n`,
    }),
  ).toEqual([
    'src/answer/cases.ts @typescript-eslint/switch-exhaustiveness-check',
    'src/answer/loose.ts @typescript-eslint/no-explicit-any',
    'src/answer/promises.ts @typescript-eslint/no-floating-promises',
    'src/answer/promises.ts @typescript-eslint/no-misused-promises',
    'src/answer/shape-user.ts @typescript-eslint/consistent-type-imports',
  ]);
});

test('the environment is read in config.ts and nowhere else, however it is spelled', async () => {
  const declared = 'declare const process: { env: Record<string, string> };\n';
  const read = `${declared}export const port = process.env['PORT'];\n`;
  const found = await findings({
    'src/config.ts': read,
    'src/api/member.ts': read,
    'src/api/member.test.ts': read,
    'src/api/taken.ts': `${declared}export const { env } = process;\n`,
    'src/api/global.ts': `export const env: unknown = (globalThis as never as { process: { env: 1 } }).process.env;\n`,
    'src/api/imported.ts': `// @ts-ignore\nimport { env } from 'node:process';\nexport const port: unknown = env;\n`,
  });
  expect(found.filter((one) => one.includes('no-restricted'))).toEqual([
    'src/api/global.ts no-restricted-syntax',
    'src/api/imported.ts no-restricted-syntax',
    'src/api/member.ts no-restricted-properties',
    'src/api/taken.ts no-restricted-properties',
  ]);
});
