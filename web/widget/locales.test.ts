import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import en from '../messages/en.json';
import { LOCALES } from './choose-locale.ts';

const places = (text: string | undefined): string[] =>
  [...(text ?? '').matchAll(/\{\w+\}/g)].map(String).sort();

it('has a file for each locale, and no other', () => {
  const files = readdirSync(new URL('../messages/', import.meta.url)).map((file) =>
    file.replace('.json', ''),
  );
  expect(files.sort()).toEqual([...LOCALES].sort());
});

it.each(LOCALES)('%s says everything that English says, with the same places to fill', (locale) => {
  const file = new URL(`../messages/${locale}.json`, import.meta.url);
  const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  expect(messages['lang']).toBe(locale);
  expect(Object.keys(messages)).toEqual(Object.keys(en));
  for (const [key, english] of Object.entries(en)) {
    expect(places(messages[key]), key).toEqual(places(english));
    expect(messages[key]?.trim(), key).not.toBe('');
  }
});
