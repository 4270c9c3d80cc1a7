import { deflateSync } from 'node:zlib';
import type { HostileFile } from './hostile-files.ts';
import { makePdf, pdfOf } from './make-pdf.ts';

const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const page = (contents: number): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${contents} 0 R /Resources << /Font << /F 3 0 R >> >> >>`;
const stream = (content: string | Buffer, extra = ''): Buffer => {
  const body = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  return Buffer.concat([
    Buffer.from(`<< /Length ${body.length}${extra} >>\nstream\n`),
    body,
    Buffer.from('\nendstream'),
  ]);
};
const onePage = (content: string | Buffer, extra = ''): Buffer =>
  pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [4 0 R] >>',
    FONT,
    page(5),
    stream(content, extra),
  ]);
const TEXT = 'BT /F 10 Tf 60 700 Td (The ferry leaves at noon.) Tj ET';

export function hostilePdfs(): HostileFile[] {
  const pdf = (
    what: string,
    make: () => Uint8Array,
    code: string | null,
    more: Partial<HostileFile> = {},
  ): HostileFile => ({
    what,
    name: `${what.replace(/\W+/g, '-')}.pdf`,
    make,
    code,
    ...more,
  });
  return [
    pdf(
      '10,000 pages',
      () => makePdf(Array.from({ length: 10_000 }, () => [{ text: 'x', x: 9, y: 9 }])),
      'document_over_limit',
    ),
    pdf(
      'no pages',
      () => pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 0 /Kids [] >>']),
      'document_empty',
    ),
    pdf(
      'a million pages claimed',
      () => pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 1000000 /Kids [] >>']),
      'document_empty',
    ),
    pdf('an empty page', () => onePage(''), 'document_empty'),
    pdf(
      'pages that are their own children',
      () => pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 1 /Kids [2 0 R] >>']),
      'document_damaged',
    ),
    pdf('only a header', () => Buffer.from('%PDF-1.7\n'), 'document_damaged'),
    pdf(
      'a header and noise',
      () => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(100_000, 'obj<< [(')]),
      'document_damaged',
    ),
    pdf(
      'no table of objects',
      () =>
        Buffer.from(
          onePage(TEXT)
            .toString('latin1')
            .replace(/xref[\s\S]*/, ''),
          'latin1',
        ),
      'document_damaged',
    ),
    pdf(
      'junk before the header',
      () => Buffer.concat([Buffer.from('HTTP/1.1 200 OK\n\n'), onePage(TEXT)]),
      null,
      { holds: 'ferry leaves' },
    ),
    pdf('a password', () => encrypted(), 'document_encrypted'),
    pdf(
      'a font without a Unicode map',
      () =>
        pdfOf([
          '<< /Type /Catalog /Pages 2 0 R >>',
          '<< /Type /Pages /Count 1 /Kids [4 0 R] >>',
          UNMAPPED,
          page(5),
          stream(`BT /F 10 Tf 60 700 Td <${CODES.repeat(3)}> Tj ET`),
        ]),
      'document_unmapped_fonts',
    ),
    pdf(
      'a picture only',
      () => makePdf([[]], { picture: { bytes: TINY_JPEG, width: 1, height: 1 } }),
      'document_needs_ocr',
    ),
    pdf(
      'a script',
      () =>
        pdfOf([
          '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while\\(1\\){}) >> >>',
          '<< /Type /Pages /Count 1 /Kids [4 0 R] >>',
          FONT,
          page(5),
          stream(TEXT),
        ]),
      null,
      { holds: 'ferry leaves', lacks: 'while' },
    ),
    pdf(
      'a stream that unpacks to 100 MB',
      () => onePage(deflateSync(Buffer.alloc(100_000_000, ' ')), ' /Filter /FlateDecode'),
      'document_empty',
    ),
    pdf(
      'packed a hundred times over',
      () => onePage(TEXT, ` /Filter [${'/FlateDecode '.repeat(100)}]`),
      'document_empty',
    ),
    pdf('brackets without end', () => onePage('['.repeat(200_000) + TEXT), 'document_empty'),
    pdf(
      'type of no size and of huge size',
      () => onePage('BT /F 0 Tf 60 700 Td (nothing) Tj /F 99999 Tf (huge) Tj ET'),
      'document_empty',
    ),
    pdf(
      'places that are no numbers',
      () => onePage('BT /F 10 Tf 1e308 -1e308 Td (lost) Tj 60 700 Td (The ferry leaves at noon.) Tj ET'),
      null,
    ),
    pdf(
      'a page as large as a country',
      () => makePdf([[{ text: 'The ferry leaves at noon.', x: 900_000, y: 9 }]]),
      'document_empty',
    ),
    pdf(
      '5,000 words on one page',
      () =>
        onePage(
          Array.from(
            { length: 5_000 },
            (_, at) => `BT /F 5 Tf ${at % 500} ${at % 800} Td (word${at}) Tj ET`,
          ).join('\n'),
        ),
      null,
      { holds: 'word4999' },
    ),
  ];
}

/** Letters mapped to glyph names that mean nothing. */
const UNMAPPED =
  '<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Own /FirstChar 1 /LastChar 26 /Widths [' +
  `${'600 '.repeat(26)}] /Encoding << /Type /Encoding /Differences [1 ${Array.from({ length: 26 }, (_, at) => `/g${at}x`).join(' ')}] >> >>`;

const CODES = Array.from({ length: 26 }, (_, at) => (at + 1).toString(16).padStart(2, '0')).join('');

/** One grey pixel. */
const TINY_JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z',
  'base64',
);

/** The standard handler, revision 3, with a user password that is not the empty one: keys that fit nothing. */
function encrypted(): Buffer {
  const key = (letter: string): string => letter.repeat(64);
  return pdfOf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [4 0 R] >>',
      FONT,
      page(5),
      stream(TEXT),
      `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${key('a')}> /U <${key('b')}> >>`,
    ],
    ` /Encrypt 6 0 R /ID [<${'0'.repeat(32)}> <${'0'.repeat(32)}>]`,
  );
}
