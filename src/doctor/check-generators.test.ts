import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testConfig } from '../testing/start-test-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { checkGenerators } from './check-generators.ts';

/** The first bytes of a GGUF file of version 3, as inspectGguf reads them. */
function ggufFile(folder: string, start = 'GGUF\u0003\0\0\0'): string {
  const file = join(folder, 'second.gguf');
  writeFileSync(file, Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(1_000)]));
  return file;
}

it('names the generators and their templates', async () => {
  const folder = temporaryFolder();
  expect(await checkGenerators(testConfig(folder))).toMatchObject({
    status: 'ok',
    evidence: { template: 'numbered-passages' },
  });
  const config = testConfig(folder, { large_generator: ggufFile(folder) });
  expect(await checkGenerators(config, 1e9)).toMatchObject({
    status: 'ok',
    evidence: { large: 'second', large_template: 'instruct', bytes: 1_008 },
  });
  expect(await checkGenerators(config, 1_000)).toMatchObject({ status: 'warning' });
});

it('fails where the server would not start, with the reason', async () => {
  const folder = temporaryFolder();
  const check = (large_generator: string, large_generator_template = 'instruct') =>
    checkGenerators(testConfig(folder, { large_generator, large_generator_template }));
  const code = 'large_generator_unusable';
  expect(await check(join(folder, 'gone.gguf'))).toMatchObject({ status: 'failed', evidence: { code } });
  expect((await check(ggufFile(folder, 'PK\u0003\u0004abcd'))).message).toContain('it is no GGUF file');
  expect((await check(ggufFile(folder, 'GGUF\u0009\0\0\0'))).message).toContain('GGUF version 9');
  expect((await check(folder)).message).toContain(folder);
  expect((await check(ggufFile(folder), 'alpaca')).message).toContain('no prompt template "alpaca"');
  mkdirSync(join(folder, 'prompts'));
  writeFileSync(join(folder, 'prompts', 'numbered-passages.json'), '{');
  expect((await check('')).evidence).toEqual({ code: 'prompt_template_invalid' });
});
