import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { loadFittedConfidence, type FittedConfidence } from './fitted-confidence.ts';

const FIT: FittedConfidence = {
  schema: 2,
  name: 'built-in',
  reader: 'reader@1',
  embedder: 'embedder@1',
  bias: -1,
  weights: { answerable: 4, sentence: 1, passages: 1 },
  map: { from: [0.1, 0.9], to: [0.2, 0.8] },
  decline: 0.5,
  caveat: 0.7,
  sample: [[0.8, true, true, 'returns']],
};
function write(folder: string, content: unknown): string {
  writeFileSync(
    join(folder, 'confidence.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
  );
  return folder;
}

describe('loadFittedConfidence', () => {
  it('takes the owner’s fit before the built-in one, and the built-in one where there is none', async () => {
    const [own, builtin, empty] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    write(own, { ...FIT, name: 'mine' });
    write(builtin, FIT);
    expect((await loadFittedConfidence([own, builtin], 'reader@1')).fitted.name).toBe('mine');
    expect((await loadFittedConfidence([empty, builtin], 'reader@1')).fitted).toEqual(FIT);
  });

  it('passes over a fit that was made with another reader, and names it', async () => {
    const [own, builtin] = [temporaryFolder(), temporaryFolder()];
    write(own, { ...FIT, name: 'mine', reader: 'reader@0' });
    write(builtin, FIT);
    const { fitted, stale } = await loadFittedConfidence([own, builtin], 'reader@1');
    expect([fitted.name, stale]).toEqual(['built-in', ['mine']]);
    const none = await loadFittedConfidence([own, builtin], 'reader@2');
    expect([none.fitted.name, none.stale]).toEqual(['built-in', ['mine', 'built-in']]);
  });

  it('passes over a fit of signals that are read no more', async () => {
    const [own, builtin] = [temporaryFolder(), temporaryFolder()];
    write(own, { ...FIT, schema: 1, name: 'mine', weights: { answerable: 4, sentence: 1 } });
    write(builtin, FIT);
    const { fitted, stale } = await loadFittedConfidence([own, builtin], 'reader@1');
    expect([fitted.name, stale]).toEqual(['built-in', ['mine']]);
  });

  it.each([
    ['no JSON', '{'],
    ['a probability above 1', { ...FIT, decline: 2 }],
    ['knots that fall', { ...FIT, map: { from: [0.5, 0.4], to: [0.1, 0.2] } }],
    ['a map that falls', { ...FIT, map: { from: [0.1, 0.2], to: [0.9, 0.2] } }],
  ])('refuses %s and says which file', async (_, content) => {
    const folder = write(temporaryFolder(), content);
    await expect(loadFittedConfidence([folder], 'reader@1')).rejects.toMatchObject({
      code: 'confidence_invalid',
      details: { path: join(folder, 'confidence.json') },
    });
  });

  it('says so when there is none anywhere', async () => {
    await expect(loadFittedConfidence([temporaryFolder()], 'reader@1')).rejects.toMatchObject({
      code: 'confidence_invalid',
    });
  });
});
