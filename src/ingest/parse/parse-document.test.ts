import { describe, expect, it } from 'vitest';
import { hasCode } from '../../errors.ts';
import { parseDocument } from './parse-document.ts';
import { parseString } from './parse-string.suite.ts';

const parseBytes = (bytes: Uint8Array, name = 'file.txt') => parseDocument({ source: 'S', name, bytes });

function failureOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    for (const code of ['document_binary', 'document_encoding', 'document_empty'] as const) {
      if (hasCode(error, code)) return `${code}: ${error.message}`;
    }
    throw error;
  }
  return 'no failure';
}

describe('parseDocument', () => {
  it.each<[string, Partial<{ mediaType: string }>, string, string]>([
    ['a.md', {}, '# A', 'text/markdown'],
    ['a.MARKDOWN', {}, 'x', 'text/markdown'],
    ['a.html', {}, '<p>x', 'text/html'],
    ['a.htm', {}, 'no tags', 'text/plain'],
    ['a.txt', {}, '# no', 'text/plain'],
    ['a.txt', {}, '<!doctype html><p>x', 'text/html'],
    ['a.md', { mediaType: 'text/plain' }, 'x', 'text/markdown'],
    ['page', { mediaType: 'text/html; charset=utf-8' }, '<p>x', 'text/html'],
    ['page.php', { mediaType: 'text/html' }, '<p>x', 'text/html'],
    ['README', {}, 'Intro\n\n## Two', 'text/markdown'],
    ['README', {}, 'plain words', 'text/plain'],
  ])('reads %s %j as %j → %s', (name, more, content, expected) => {
    expect(parseString(name, content, more).mediaType).toBe(expected);
  });

  it('reads UTF-8 and UTF-16 with and without byte order mark', () => {
    const wide = Buffer.from('\ufeffGrüße 🙂', 'utf16le');
    expect(parseBytes(Buffer.from('\ufeffGrüße 🙂')).text).toBe('Grüße 🙂');
    expect(parseBytes(wide).text).toBe('Grüße 🙂');
    expect(parseBytes(Buffer.from(wide).swap16()).text).toBe('Grüße 🙂');
  });

  it.each<[string, Uint8Array, string]>([
    ['PDF', Buffer.from('%PDF-1.7 text'), 'a PDF document'],
    ['ZIP', Buffer.from('PK\x03\x04abc'), 'a ZIP archive'],
    ['PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13]), 'a PNG image'],
    ['JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'a JPEG image'],
    ['GZIP', Buffer.from([0x1f, 0x8b, 8]), 'GZIP data'],
    ['ELF', Buffer.from('\x7fELF\x02'), 'an ELF program'],
    ['NUL', Buffer.from('text\0more'), 'NUL bytes'],
    ['controls', Buffer.from('\x01\x02\x03\x04ab'), 'control characters'],
  ])('refuses %s as binary', (_, bytes, found) => {
    const failure = failureOf(() => parseBytes(bytes, 'file.md'));
    expect(failure).toMatch(/^document_binary: S is /);
    expect(failure).toContain(found);
  });

  it('reads Western text without a mark, and refuses half a letter', () => {
    expect(parseBytes(Buffer.from('Gr\xfc\xdfe aus K\xf6ln', 'latin1')).text).toBe('Grüße aus Köln');
    expect(failureOf(() => parseBytes(Buffer.from([0xff, 0xfe, 0x41])))).toMatch(/^document_encoding/);
  });

  it.each([
    ['a.txt', ''],
    ['a.md', ' \n\u200b\n'],
    ['a.html', '<main><script>x()</script></main>'],
    ['a.md', '---\n'],
    ['a.html', '<p>&nbsp;</p>'],
  ])('refuses %s with %j as empty', (name, content) => {
    expect(failureOf(() => parseString(name, content))).toMatch(/^document_empty/);
  });

  it('gives each block its exact place in the text, on random documents of each format', () => {
    let seed = 11;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    const pieces = [
      '# H',
      '## ',
      'word ',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '> ',
      '|a|b|\n|-|-|\n',
      '|c|d|\n',
      '<p>',
      '<li>',
      '<td>',
      '</table>',
      '<table>',
      '<h2>',
      '</h2>',
      '```\n',
      'A. B',
      '\u00a0',
      '  ',
      '&amp;',
      '<details>',
      '</details>',
      '\t',
      'CAPS LINE\n',
      '<pre>',
      '</pre>',
      '<dt>',
      '<dd>',
    ];
    for (let round = 0; round < 900; round += 1) {
      const content = `start ${Array.from({ length: random(40) }, () => pieces[random(pieces.length)]).join('')}`;
      const { text, blocks } = parseString(`a.${['md', 'html', 'txt'][round % 3]}`, content);
      let last = 0;
      for (const { start, end, kind } of blocks) {
        expect(text.slice(last, start), JSON.stringify(content)).toMatch(last === 0 ? /^$/ : /^\n\n?$/);
        const own = text.slice(start, end);
        expect(own.trim(), JSON.stringify(content)).not.toBe('');
        if (kind !== 'code') expect(own, JSON.stringify(content)).toBe(own.replace(/\s+/g, ' ').trim());
        last = end;
      }
      expect(last).toBe(text.length);
    }
  });
});
