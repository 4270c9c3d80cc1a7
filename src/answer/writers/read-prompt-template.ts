import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AnswerboxError } from '../../errors.ts';
import { readOwnerFile } from '../../files/read-owner-file.ts';
import { faultOf, PROMPT_TEMPLATE_FILE, templateOf, type PromptTemplate } from './prompt-template.ts';

/** Of a template, as files are called: no path leads out of its folder. */
const NAME = /^[\w-]{1,64}$/;

/**
 * The template of this name from the first folder that has it.
 * @throws prompt_template_missing with the names that there are, prompt_template_invalid with what is wrong
 */
export async function readPromptTemplate(name: string, folders: readonly string[]): Promise<PromptTemplate> {
  for (const folder of NAME.test(name) ? folders : []) {
    const path = join(folder, `${name}.json`);
    const file = await readOwnerFile(path, PROMPT_TEMPLATE_FILE, 'prompt_template_invalid');
    if (file === null) continue;
    const template = templateOf(name, file);
    const fault = faultOf(template);
    if (fault === null) return template;
    throw new AnswerboxError('prompt_template_invalid', { path, reason: fault });
  }
  throw new AnswerboxError('prompt_template_missing', {
    name,
    folders: folders.join(' or '),
    known: (await namesIn(folders)).join(', '),
  });
}

async function namesIn(folders: readonly string[]): Promise<string[]> {
  const files = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  const names = files.flat().filter((file) => file.endsWith('.json'));
  return [...new Set(names.map((file) => file.slice(0, -'.json'.length)))].sort();
}
