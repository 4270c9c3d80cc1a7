import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { createSynonyms, readSynonyms, saveSynonyms, synonymsPath } from './synonyms.ts';

const synonyms = createSynonyms([
  ['sofa', 'couch', 'settee'],
  ['rain jacket', 'waterproof', 'shell'],
  ['スマホ', 'スマートフォン'],
]);

describe('synonyms', () => {
  it.each([
    ['Do you sell sofas?', ['couch', 'settee']],
    ['COUCHES?', ['sofa', 'settee']],
    ['a red rain jacket', ['waterproof', 'shell']],
    ['a jacket for rain', []],
    ['sofa or couch', ['settee']],
    ['tents', []],
    ['スマホ', ['スマートフォン']],
    ['', []],
  ])('add to %j the rest of the groups it names', (text, added) => {
    expect(synonyms.expand(text)).toEqual({ text: [text, ...added].join(' '), added });
  });

  it('add a dozen at most', () => {
    const many = createSynonyms([['a1', ...Array.from({ length: 19 }, (_, index) => `word${index}`)]]);
    expect(many.expand('a1').added).toHaveLength(12);
  });

  it('are none without a file, and survive being saved', async () => {
    const path = synonymsPath(join(temporaryFolder(), 'new'));
    expect((await readSynonyms(path)).groups).toEqual([]);
    await saveSynonyms(path, [['sofa', 'couch']]);
    expect((await readSynonyms(path)).expand('sofa').added).toEqual(['couch']);
  });

  it.each([
    ['{', /JSON/],
    ['{"sofa": "couch"}', /array/],
    ['[["sofa", "couch"], ["one"]]', /group 2/],
    ['[["sofa", 3]]', /group 1/],
    ['[["sofa", " "]]', /group 1/],
    [`[["sofa", "${'x'.repeat(61)}"]]`, /group 1/],
  ])('refuse %s', async (content, reason) => {
    const path = synonymsPath(temporaryFolder());
    writeFileSync(path, content);
    await expect(readSynonyms(path)).rejects.toMatchObject({
      code: 'synonyms_invalid',
      message: expect.stringMatching(reason),
    });
    await expect(readSynonyms(path)).rejects.toThrow(path);
  });

  it('keep the old file when the new groups are wrong', async () => {
    const path = synonymsPath(temporaryFolder());
    await saveSynonyms(path, [['sofa', 'couch']]);
    await expect(saveSynonyms(path, [['sofa']])).rejects.toMatchObject({ code: 'synonyms_invalid' });
    expect((await readSynonyms(path)).groups).toEqual([['sofa', 'couch']]);
  });

  it('read a file that begins with a byte order mark', async () => {
    const path = synonymsPath(temporaryFolder());
    writeFileSync(path, '\uFEFF[["sofa", "couch"]]');
    expect((await readSynonyms(path)).groups).toHaveLength(1);
  });
});
