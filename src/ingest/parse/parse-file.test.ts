import { describe, expect, it } from 'vitest';
import { everyFormat } from '../../testing/files/every-format.ts';
import { pageAt } from '../../text/page-at.ts';
import type { ParsedFile } from '../ingest-types.ts';
import { parseFile } from './parse-file.ts';

const read = (name: string, bytes: Uint8Array): Promise<ParsedFile> =>
  parseFile({ source: `/docs/${name}`, name, bytes });

describe('a small real file of every format', () => {
  it.each(everyFormat().map((sample) => [sample.name, sample] as const))(
    '%s',
    async (name, { bytes, facts }) => {
      const { document, parts, problems } = await read(name, bytes);
      expect(problems).toEqual([]);
      for (const { answer, page, part } of facts) {
        const found = part === undefined ? document : parts.find((one) => one.name === part)?.document;
        expect(found?.text).toContain(answer);
        expect(pageAt(found!.pages, found!.text.indexOf(answer))).toBe(page);
      }
    },
    60_000,
  );
});

it('reads two columns one after the other, and a sentence whole across a page', async () => {
  const pdf = everyFormat().find(({ name }) => name === 'lighthouse.pdf')!;
  const { document } = await read('lighthouse.pdf', pdf.bytes);
  const text = document.text.replace(/\s+/g, ' ');
  expect(text.indexOf('weather allowing.')).toBeLessThan(text.indexOf('Guided walks'));
  expect(text).toContain('the price of a new lock and of the time that it takes to fit it.');
  expect(text).not.toContain('page 2');
  expect(document.blocks.find(({ headings }) => headings.includes('Lockers'))?.kind).toBe('table_row');
}, 60_000);

it('keeps what front matter says', async () => {
  const sample = everyFormat().find(({ name }) => name === 'warranty.md')!;
  const { document } = await read('warranty.md', sample.bytes);
  expect(document).toMatchObject({
    title: 'Warranty of tents',
    scope: { category: 'camping', audience: 'customers', valid_until: '2026-12-31' },
  });
});
