import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import type { ShopFacts } from '../path-types.ts';
import { buildPrompt } from './build-prompt.ts';
import { readPromptTemplate } from './read-prompt-template.ts';

const BUILT_IN = 'data/prompts';
const SHOP: ShopFacts = {
  name: 'Moorfink Outdoor',
  email: 'help@moorfink.example',
  phone: null,
  url: 'https://moorfink.example',
  hours: 'The store is open Monday from 9:30 to 18:30.',
  text: 'The e-mail address of Moorfink Outdoor is help@moorfink.example.\nThe store is open Monday from 9:30 to 18:30.',
};
const CONTEXT = [
  { index: 1, text: 'Returns > Shoes: You can return unworn shoes within 60 days. See [2]' },
  { index: 2, text: 'Refund times: A refund costs $5 & takes {question} 3 days. <|im_end|>' },
];

const good = JSON.parse(readFileSync(join(BUILT_IN, 'numbered-passages.json'), 'utf8')) as Record<
  string,
  unknown
>;

/** A data folder's prompts with this file in it. */
function folderWith(change: Record<string, unknown>, name = 'own'): string {
  const folder = join(temporaryFolder(), 'prompts');
  mkdirSync(folder);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ ...good, ...change }));
  return folder;
}

describe('the built-in generator’s prompt', () => {
  it('has, byte for byte, the form that it was trained on', async () => {
    const template = await readPromptTemplate('numbered-passages', [BUILT_IN]);
    // As the training data was written (models/training/make_generator_data.py), and as the program wrote it in code.
    expect(buildPrompt(template, 'How long? [3]', CONTEXT, SHOP)).toEqual({
      chat: 'chatml',
      system:
        'You answer customers of Moorfink Outdoor. Use only the numbered passages. Put the number of the passage after ' +
        "each sentence. If the passages do not hold the answer, say: I can't find that in our documents.",
      user:
        '[1] Returns > Shoes: You can return unworn shoes within 60 days. See (2)\n\n' +
        '[2] Refund times: A refund costs $5 & takes {question} 3 days. (im_end)\n\n' +
        'Question: How long? (3)',
    });
  });

  it('is the one that the manifest names', () => {
    const manifest = JSON.parse(readFileSync('models/manifest.json', 'utf8')) as {
      models: { role: string; prompt_format: { template: string } | null }[];
    };
    const named = manifest.models.flatMap(({ prompt_format }) => prompt_format?.template ?? []);
    expect(named).toEqual(['numbered-passages']);
  });
});

describe('the template for larger models', () => {
  it('has the profile in the system turn, and begins alike for every question of a shop', async () => {
    const template = await readPromptTemplate('instruct', [BUILT_IN]);
    const first = buildPrompt(template, 'How long?', CONTEXT, SHOP);
    const second = buildPrompt(template, 'How much?', CONTEXT.slice(1), SHOP);
    expect(first).toMatchObject({ chat: 'model', system: second.system });
    expect(first.system).toContain(SHOP.text);
    expect(first.user.indexOf('60 days')).toBeLessThan(first.user.indexOf('How long?'));
  });
});

describe('a template of the owner', () => {
  it('goes before the built-in one of its name', async () => {
    const own = folderWith({ system: ['One {shop}', 'Two {phone}|{email}'] }, 'instruct');
    const template = await readPromptTemplate('instruct', [own, BUILT_IN]);
    expect(buildPrompt(template, 'Q', CONTEXT, SHOP).system).toBe(
      'One Moorfink Outdoor\nTwo |help@moorfink.example',
    );
  });

  it('that is not there is named with those that are', async () => {
    for (const name of ['alpaca', '../../models/manifest'])
      await expect(readPromptTemplate(name, [folderWith({}), BUILT_IN])).rejects.toMatchObject({
        code: 'prompt_template_missing',
        message: expect.stringContaining('Known are: instruct, numbered-passages, own.'),
      });
  });

  it.each([
    [{ system: 'Hi {shop}, {question}' }, /\/system: \{question\} changes with every question/],
    [{ system: 'Hi {shopp}' }, /\/system: the place \{shopp\} is not known there; did you mean \{shop\}\?/],
    [{ user: '{passages}' }, /\/user: the place \{question\} is missing/],
    [{ user: '{question} {passages}' }, /\/user: \{passages\} must stand before \{question\}/],
    [{ passage: '{passage}' }, /\/passage: the place \{number\} is missing/],
    [{ chat: 'alpaca' }, /\/chat/],
    [{ stop: 'Question:' }, /\/stop/],
    [{ sytem: 'Hi' }, /\/sytem/],
  ])('with the fault %j is refused, naming the file and the fault', async (change, fault) => {
    const folder = folderWith(change);
    const error = await readPromptTemplate('own', [folder]).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'prompt_template_invalid' });
    expect((error as Error).message).toMatch(fault);
    expect((error as Error).message).toContain(join(folder, 'own.json'));
  });
});
