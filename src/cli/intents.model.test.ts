import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadOwnIntents, ownIntentsPath, saveOwnIntents } from '../intents/own-intents-file.ts';
import { INTENT_LINES } from '../testing/intent-lines.ts';
import { runCli, type CliResult } from '../testing/run-cli.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

let folder: string;
beforeEach(() => (folder = temporaryFolder()));
const run = (...args: string[]): Promise<CliResult> =>
  runCli(['intents', ...args], { dataDir: join(folder, 'data') });
function file(...lines: readonly (object | string)[]): string {
  const path = join(folder, 'examples.jsonl');
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  writeFileSync(path, text);
  return path;
}

describe('answerbox intents', () => {
  it('trains, lists, and says when the embedder has changed since', async () => {
    const before = await run('list', '--json');
    expect(JSON.parse(before.stdout)).toMatchObject({ own: null });
    expect(JSON.parse(before.stdout).builtin).toContain('out_of_scope');

    const trained = await run('train', file(...INTENT_LINES), '--json');
    expect(trained).toMatchObject({ code: 0, stderr: '' });
    const { own } = JSON.parse(trained.stdout);
    expect(own).toMatchObject({ oos_from: 'builtin', stale: false, threshold: expect.any(Number) });
    expect(own.intents).toContainEqual({ name: 'returns', examples: 6 });
    expect(own.cross_validation.oos_recall).toBeGreaterThan(0.5);
    expect(JSON.parse((await run('list', '--json')).stdout).own).toEqual(own);

    const path = ownIntentsPath(join(folder, 'data'));
    await saveOwnIntents(path, { ...(await loadOwnIntents(path))!, embedder: 'another@0' });
    const stale = await run('list');
    expect(stale.stdout).toContain('Train them again with your file');
    expect(JSON.parse((await run('list', '--json')).stdout).own.stale).toBe(true);
  });

  it('explains a file that it cannot use, and keeps what was trained before', async () => {
    await run('train', file(...INTENT_LINES));
    const path = ownIntentsPath(join(folder, 'data'));
    const kept = readFileSync(path);
    const { code, stderr } = await run('train', file());
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('it holds no examples') });
    expect(readFileSync(path).equals(kept)).toBe(true);
  });

  it.each([
    ['a broken line', [...INTENT_LINES, '{"text": "where'], 'line 19: it is not JSON'],
    ['an unknown key', [{ text: 'hi', label: 'a', lable: 'b' }], 'line 1: "lable"'],
    ['a missing label', [{ text: 'hi' }], 'line 1: "label"'],
    ['one intent', INTENT_LINES.slice(0, 6), 'one intent alone ("returns")'],
    ['too few examples', INTENT_LINES.slice(0, 8), 'too few different examples of "order_status" (2)'],
  ])('refuses %s', async (_, lines, words) => {
    const { code, stdout, stderr } = await run('train', file(...lines));
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(words),
    });
    expect(existsSync(ownIntentsPath(join(folder, 'data')))).toBe(false);
  });
});
