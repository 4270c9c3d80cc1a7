import { expect, it } from 'vitest';
import type { IngestTools } from './ingest.ts';
import type { SourceFile } from './ingest-types.ts';
import { parseFile } from './parse/parse-file.ts';
import { prepareFile } from './prepare-file.ts';

const FILE = { source: '/a.md', name: 'a.md', bytes: Buffer.from('# Boots\n\nBoots cost €90.') };

function tools(countTokens: (text: string) => number, maxDocumentBytes = 1_000): IngestTools {
  const parser = { parse: async (file: SourceFile) => parseFile(file), close: async () => undefined };
  const knowledge = { findBySource: () => Promise.resolve(null) };
  return { knowledge, parser, tokens: { countTokens }, maxDocumentBytes } as unknown as IngestTools;
}

it('turns an unforeseen failure of one file into its outcome, so that the others go on', async () => {
  const broken = tools(() => {
    throw new RangeError('unforeseen');
  });
  expect(await prepareFile(FILE, broken)).toMatchObject({
    source: '/a.md',
    status: 'failed',
    code: 'source_unreadable',
    message: expect.stringContaining('unforeseen') as string,
  });
});

it('keeps the code of a known one', async () => {
  expect(
    await prepareFile(
      FILE,
      tools(() => 1, 5),
    ),
  ).toMatchObject({ code: 'document_too_large' });
});

it('hands a readable file on', async () => {
  expect(
    await prepareFile(
      FILE,
      tools((text) => text.split(' ').length),
    ),
  ).toMatchObject([{ parsed: { title: 'Boots' } }]);
});
