import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import messages from '../messages/en.json';
import { setMessages, translate } from './translate.ts';

it('fills the named places and leaves others as they are', () => {
  expect(translate('citation.button', { index: 2, title: 'Returns' })).toBe('Source [2]: Returns');
  expect(translate('citation.button', { index: 2 })).toBe('Source [2]: {title}');
});

it('says in English what a language lacks', () => {
  setMessages({ 'composer.send': 'Senden' });
  expect([translate('composer.send'), translate('composer.stop')]).toEqual(['Senden', 'Stop']);
  setMessages(messages);
});

it('holds no text that the page does not use', () => {
  const source = [import.meta.dirname, join(import.meta.dirname, '../widget')]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
        .map((file) => readFileSync(join(folder, file), 'utf8')),
    )
    .join('\n');
  const unused = Object.keys(messages).filter(
    (key) =>
      !source.includes(`'${key}'`) &&
      !source.includes(`.${key}`) &&
      !source.includes(`\`${key.split('.')[0]}.\${`),
  );
  expect(unused).toEqual([]);
});
