import { describe, expect, it } from 'vitest';
import { picture } from '../../testing/files/every-format.ts';
import { epubParts, openDocumentParts, zipOf } from '../../testing/files/make-office.ts';
import type { ParsedDocument, SourceFile } from '../ingest-types.ts';
import { buildDocument } from './build-document.ts';
import { ParseContext } from './parse-context.ts';
import { parseEpub } from './parse-epub.ts';
import { parseFile } from './parse-file.ts';
import { parseHtmlPage } from './parse-html.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import { parseOpenDocument } from './parse-open-document.ts';
import type { Parsed } from './parsed.ts';
import type { Ocr } from './picture-reading.ts';
import { canReadPictures } from './read-picture.ts';

const SIGN = picture(['The slipway is closed.', 'Use the pier.']);
const OTHER = picture(['Tea at four.']);

/** Stands for OCR: it knows the two pictures above, and reads anything else as nothing. */
const ocr: Ocr = {
  canRead: () => Promise.resolve(true),
  read: (bytes) =>
    Promise.resolve(
      SIGN.equals(bytes)
        ? 'The slipway is\nclosed.\n\n~\n\nUse the pier.'
        : OTHER.equals(bytes)
          ? 'Tea at four.'
          : '',
    ),
};

type Parser = (file: SourceFile, context: ParseContext, ocr: Ocr) => Promise<Parsed>;

async function read(bytes: Uint8Array, mediaType: ParsedDocument['mediaType'], parser: Parser) {
  const context = new ParseContext(() => Promise.reject(new Error('nothing is inside')), undefined, {
    keepsPictures: true,
  });
  const file = { source: 'file', name: 'file', bytes };
  const document = buildDocument(file, mediaType, await parser(file, context, ocr));
  return { ...document, problems: context.problems, kept: context.pictures! };
}

const page: Parser = (file, context, stub) =>
  parseHtmlPage(Buffer.from(file.bytes).toString('utf8'), file, context, stub);
const html = (body: string) => read(Buffer.from(`<html><body>${body}</body></html>`), 'text/html', page);
const data = (bytes: Buffer): string => `data:image/png;base64,${bytes.toString('base64')}`;

describe('pictures in a page', () => {
  it('are read between their alternative text and their caption, where they stand', async () => {
    const { text, kept, problems } = await html(
      `<main><h1>Harbour</h1><p>Before it.</p><figure><img alt="A sign at the shore" src="${data(SIGN)}">
       <figcaption>The sign in May</figcaption></figure><ul><li>One <img src="${data(OTHER)}"> more</li></ul></main>`,
    );
    expect(text).toBe(
      'Harbour\n\nBefore it.\n\nA sign at the shore\n\nThe slipway is closed.\n\nUse the pier.\n\nThe sign in May\n\nOne\nTea at four.\nmore',
    );
    expect(kept.map((bytes) => bytes.length)).toEqual([SIGN.length, OTHER.length]);
    expect(problems).toEqual([]);
  });

  it('are left alone where nobody sees them, where they lie elsewhere, and where they are signs', async () => {
    const { text, kept } = await html(
      `<nav><img src="${data(SIGN)}"></nav><main><h1><img alt="Logo" src="${data(SIGN)}"></h1>
       <p hidden><img src="${data(SIGN)}"></p><p>Words <img alt="dot" src="data:image/png;base64,AAAA">
       <img alt="far" src="https://shop.example/sign.png"></p></main>`,
    );
    expect(text).toBe('Logo\n\nWords dot far');
    expect(kept).toEqual([]);
  });

  it('are as many as of any other document; the rest is named', async () => {
    const most = PARSE_LIMITS.pictures;
    const { text, problems } = await html(
      `<main><p>Tea.</p>${`<img src="${data(OTHER)}">`.repeat(most + 2)}</main>`,
    );
    expect(text.match(/Tea at four/g)).toHaveLength(most);
    expect(problems).toMatchObject([{ code: 'document_pictures_left' }]);
    expect(problems[0]!.message).toContain(`pictures ${most + 1}–${most + 2}`);
  });
});

it('pictures of a book are read in their chapters; one that is missing or elsewhere is not', async () => {
  const bytes = zipOf({
    ...epubParts('The pier', [
      '<h1>One</h1><p>First.</p><img alt="Sign" src="images/a%20sign.png"/>',
      '<h1>Two</h1><p><img src="images/tea.PNG"/> <img src="gone.png"/> <img src="https://x.example/a.png"/>Last.</p>',
    ]),
    'OEBPS/images/a sign.png': SIGN,
    'OEBPS/images/tea.PNG': OTHER,
  });
  const { text, kept } = await read(bytes, 'application/epub+zip', parseEpub);
  expect(text).toContain('Sign\n\nThe slipway is closed.\n\nUse the pier.\n\nTwo');
  expect(text).toContain('Tea at four.\n\nLast.');
  expect(kept).toHaveLength(2);
});

it('a book whose addresses hold a bare "%" or lead elsewhere is read all the same', async () => {
  const parts = epubParts('The pier', ['<p>First.</p>', '<p>Second.</p>', '<p>Third.</p>']);
  const { 'OEBPS/chapter 0.xhtml': first, 'OEBPS/content.opf': list, ...others } = parts;
  const bytes = zipOf({
    ...others,
    'OEBPS/100%.xhtml': first!,
    'OEBPS/content.opf': String(list)
      .replace('chapter%200.xhtml', '100%.xhtml')
      .replace('chapter%202.xhtml', 'http://[bad/c.xhtml'),
  });
  const { text } = await read(bytes, 'application/epub+zip', parseEpub);
  expect(text).toBe('First.\n\nSecond.');
});

it('pictures of OpenDocument texts, slides and sheets are read behind what is said of them', async () => {
  const frame = (name: string): string =>
    `<draw:frame><svg:desc>A sign</svg:desc><draw:image xlink:href="${name}"/><draw:image xlink:href="./ObjectReplacements/x"/></draw:frame>`;
  const files = { 'Pictures/1.png': SIGN, 'Pictures/2.png': OTHER };
  const kinds = {
    text: `<text:h text:outline-level="1">Pier</text:h><text:p>Go on.${frame('Pictures/1.png')}</text:p>`,
    presentation: `<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>Pier</text:p></draw:text-box></draw:frame>${frame('Pictures/1.png')}</draw:page>`,
    spreadsheet: `<table:table table:name="Boats"><table:table-row><table:table-cell><text:p>Boat</text:p></table:table-cell><table:table-cell><text:p>Metres</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell>${frame('./Pictures/1.png')}<text:p>Oak</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>`,
  } as const;
  for (const [kind, body] of Object.entries(kinds) as [keyof typeof kinds, string][]) {
    const parts = openDocumentParts(kind, body.replaceAll('xlink:', 'draw:'));
    const { text, kept } = await read(
      zipOf({ ...parts, ...files }),
      `application/vnd.oasis.opendocument.${kind}`,
      parseOpenDocument,
    );
    expect([kind, text]).toEqual([
      kind,
      expect.stringContaining('A sign\n\nThe slipway is closed.\n\nUse the pier.'),
    ]);
    expect(text.match(/slipway/g)).toHaveLength(1);
    // A picture that no frame shows is none of the document.
    expect(kept).toHaveLength(1);
  }
});

it('tesseract reads the picture of a page in a whole file', { timeout: 120_000 }, async ({ skip }) => {
  skip(!(await canReadPictures()), 'tesseract-ocr with a language is not installed here');
  const bytes = Buffer.from(`<html><body><main><p>Notice:</p><img src="${data(SIGN)}"></main></body></html>`);
  const { document } = await parseFile({ source: 'notice.html', name: 'notice.html', bytes });
  expect(document.text).toContain('slipway is closed');
});
