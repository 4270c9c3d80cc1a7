import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import messages from '../messages/en.json';
import { translate } from './translate.ts';

it('fills the named places and leaves others as they are', () => {
  expect(translate('citation.button', { index: 2, title: 'Returns' })).toBe('Source [2]: Returns');
  expect(translate('citation.button', { index: 2 })).toBe('Source [2]: {title}');
});

it('holds no text that the page does not use', () => {
  const source = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join('\n');
  const unused = Object.keys(messages).filter(
    (key) => !source.includes(`'${key}'`) && !source.includes(`\`${key.split('.')[0]}.\${`),
  );
  expect(unused).toEqual([]);
});
