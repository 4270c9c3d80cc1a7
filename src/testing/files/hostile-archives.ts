import { everyFormat } from './every-format.ts';
import type { HostileFile } from './hostile-files.ts';
import {
  docxParts,
  epubParts,
  openDocumentParts,
  pptxParts,
  sheetXml,
  wordParagraph,
  xlsxParts,
  zipOf,
  type Parts,
} from './make-office.ts';

const LAUGHS = `<!DOCTYPE lolz [<!ENTITY a "ha">${Array.from('bcdefghij', (letter, at) => `<!ENTITY ${letter} "${`&${'abcdefghi'[at]};`.repeat(10)}">`).join('')}]>`;
const OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>';
const PLAIN = 'The ferry leaves at noon.';
const slide = [{ title: 'Ferry', lines: [PLAIN] }];

export function hostileArchives(): HostileFile[] {
  const file = (
    what: string,
    extension: string,
    make: () => Uint8Array,
    code: string | null,
    more: Partial<HostileFile> = {},
  ): HostileFile => ({
    what,
    name: `${what.replace(/\W+/g, '-')}.${extension}`,
    make,
    code,
    ...more,
  });
  const zip = (what: string, parts: () => Parts, code: string | null, more: Partial<HostileFile> = {}) =>
    file(what, 'zip', () => zipOf(parts()), code, more);
  return [
    file(
      'a bomb of one member',
      'zip',
      () => zipOf({ 'zeros.txt': new Uint8Array(20_000_000) }, 9),
      'document_compression',
    ),
    zip(
      'a bomb in a bomb',
      () => ({ 'a.txt': PLAIN, 'inner.zip': zipOf({ 'b.txt': new Uint8Array(20_000_000) }, 9) }),
      'document_compression',
    ),
    file(
      'a size that lies',
      'zip',
      () => lying(zipOf({ 'a.txt': new Uint8Array(4_000_000) }, 9)),
      'document_damaged',
    ),
    zip('archives six deep', () => ({ 'in.zip': nested(6), 'a.txt': PLAIN }), null, {
      problems: ['document_nesting'],
      holds: 'ferry leaves',
    }),
    zip(
      '20,000 members',
      () => Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`${at}.txt`, 'x'])),
      'document_over_limit',
    ),
    zip('a path that leads out', () => ({ '../../etc/cron.d/evil.txt': PLAIN, 'good.txt': PLAIN }), null, {
      problems: ['document_member_name'],
      holds: 'ferry leaves',
    }),
    zip('a path from the root', () => ({ '/etc/passwd.txt': PLAIN }), 'document_member_name'),
    zip('a path with a drive', () => ({ 'C:\\Windows\\a.txt': PLAIN }), 'document_member_name'),
    zip('names with line breaks', () => ({ 'a\nb\u202etxt.md': PLAIN, 'good.md': PLAIN }), null, {
      problems: ['document_member_name'],
      holds: 'ferry leaves',
    }),
    zip(
      'a program inside',
      () => ({ 'run.exe': Buffer.from('MZ\x90\0\x03\0\0\0'), 'good.md': PLAIN }),
      null,
      { problems: ['document_binary'], holds: 'ferry leaves' },
    ),
    zip('nothing in it', () => ({}), 'document_empty'),
    zip('only clutter', () => ({ '__MACOSX/._a': 'x', '.DS_Store': 'x' }), 'document_empty'),
    file('a password', 'zip', () => flagged(zipOf({ 'a.txt': PLAIN })), 'document_encrypted'),
    file('a byte changed', 'zip', () => damaged(zipOf({ 'a.txt': PLAIN.repeat(50) }, 0)), 'document_damaged'),
    zip('the same name twice in different case', () => ({ 'A.txt': PLAIN, 'a.txt': 'Second text.' }), null, {
      holds: 'Second text',
    }),
    file(
      'a protected Word file',
      'docx',
      () =>
        Buffer.concat([
          Buffer.from('d0cf11e0a1b11ae1', 'hex'),
          Buffer.alloc(1000),
          Buffer.from('EncryptedPackage', 'utf16le'),
          Buffer.alloc(500),
        ]),
      'document_encrypted',
    ),
    file(
      'billion laughs',
      'docx',
      () => zipOf(docxParts(wordParagraph('&j;'), LAUGHS)),
      'document_xml_entities',
    ),
    file(
      'an outside entity',
      'docx',
      () => zipOf(docxParts(wordParagraph(PLAIN), OUTSIDE)),
      'document_xml_entities',
    ),
    file(
      'billion laughs',
      'pptx',
      () => {
        const parts = pptxParts(slide);
        parts['ppt/slides/slide1.xml'] =
          LAUGHS + String(parts['ppt/slides/slide1.xml']).replace(/^<\?xml[^>]*>\n/, '');
        return zipOf(parts);
      },
      'document_xml_entities',
    ),
    file(
      'an outside entity',
      'odt',
      () => zipOf(openDocumentParts('text', '<text:p>&e;</text:p>', OUTSIDE)),
      'document_xml_entities',
    ),
    file(
      'billion laughs',
      'xlsx',
      () => {
        const parts = xlsxParts({ A: [['x']] });
        parts['xl/worksheets/sheet1.xml'] = sheetXml(
          '<row r="1"><c r="A1" t="str"><v>&j;</v></c></row>',
          LAUGHS,
        );
        return zipOf(parts);
      },
      'document_xml_entities',
    ),
    file(
      'a cell in a column of billions',
      'xlsx',
      () => {
        const parts = xlsxParts({ A: [['x']] });
        parts['xl/worksheets/sheet1.xml'] = sheetXml(
          '<row r="1"><c s="0" r="s><t>Seats</t></isC2"><v>1</v></c></row>',
        );
        return zipOf(parts);
      },
      'document_damaged',
    ),
    file(
      'an outside entity',
      'epub',
      () => {
        const parts = epubParts('x', ['<p>x</p>']);
        parts['OEBPS/content.opf'] =
          OUTSIDE + String(parts['OEBPS/content.opf']).replace(/^<\?xml[^>]*>\n/, '');
        return zipOf(parts);
      },
      'document_xml_entities',
    ),
    file(
      'a macro',
      'docm',
      () => zipOf({ ...docxParts(wordParagraph(PLAIN)), 'word/vbaProject.bin': 'Shell("rm -rf /")' }),
      null,
      { holds: 'ferry leaves', lacks: 'Shell' },
    ),
    file(
      'formulas that call programs',
      'xlsx',
      () =>
        zipOf(
          xlsxParts({
            A: [
              ['Ship', 'Time'],
              ['Ferry', { formula: "cmd|'/c calc'!A0", value: 'noon' }],
            ],
          }),
        ),
      null,
      { holds: 'Time: noon', lacks: 'calc' },
    ),
    file(
      'a cell in the last corner',
      'xlsx',
      () => {
        const parts = xlsxParts({ A: [['x']] });
        parts['xl/worksheets/sheet1.xml'] = sheetXml(
          '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        );
        return zipOf(parts);
      },
      'document_over_limit',
    ),
    file(
      'a cell of four million letters',
      'xlsx',
      () =>
        zipOf(
          xlsxParts({
            A: [
              ['Ship', 'Log'],
              ['Ferry', 'wave '.repeat(800_000)],
            ],
          }),
        ),
      'document_over_limit',
    ),
    file(
      'no workbook',
      'xlsx',
      () => {
        const parts = xlsxParts({ A: [['x', 'y']] });
        delete parts['xl/worksheets/sheet1.xml'];
        return zipOf(parts);
      },
      'document_damaged',
    ),
    file(
      'XML that never closes',
      'docx',
      () => zipOf(docxParts(`<w:p>${'<w:r>'.repeat(50_000)}`)),
      'document_damaged',
    ),
    file(
      'elements 100,000 deep',
      'odt',
      () =>
        zipOf(openDocumentParts('text', `${'<text:list>'.repeat(100_000)}${'</text:list>'.repeat(100_000)}`)),
      'document_nesting',
    ),
    file(
      'a sheet of endless empty rows',
      'ods',
      () =>
        zipOf(
          openDocumentParts(
            'spreadsheet',
            '<table:table><table:table-row table:number-rows-repeated="999999999"><table:table-cell table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell></table:table-row></table:table>',
          ),
        ),
      null,
      { holds: 'x' },
    ),
    file(
      'protected',
      'odt',
      () => {
        const parts = openDocumentParts('text', '<text:p>x</text:p>');
        parts['META-INF/manifest.xml'] = '<manifest:manifest><manifest:encryption-data/></manifest:manifest>';
        return zipOf(parts);
      },
      'document_encrypted',
    ),
    file(
      'rights management',
      'epub',
      () =>
        zipOf({
          ...epubParts('x', ['<p>x</p>']),
          'META-INF/encryption.xml':
            '<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>',
        }),
      'document_encrypted',
    ),
    file(
      'no chapters',
      'epub',
      () => zipOf({ mimetype: 'application/epub+zip', 'a.txt': 'x' }),
      'document_damaged',
    ),
    file(
      'a lone slide that points nowhere',
      'pptx',
      () => {
        const parts = pptxParts(slide);
        delete parts['ppt/slides/slide1.xml'];
        return zipOf(parts);
      },
      'document_empty',
    ),
    file(
      'every format in one',
      'zip',
      () => zipOf(Object.fromEntries(everyFormat().map(({ name, bytes }) => [name, bytes] as const))),
      null,
      { holds: 'Ingeborg Falk' },
    ),
  ];
}

function nested(levels: number): Buffer {
  let inner = zipOf({ 'deep.txt': PLAIN });
  for (let level = 0; level < levels; level += 1) inner = zipOf({ 'in.zip': inner });
  return inner;
}

/** The directory claims 1,000 bytes for a member of 4 MB. */
function lying(zip: Buffer): Buffer {
  const at = zip.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
  zip.writeUInt32LE(1_000, at + 24);
  return zip;
}

/** Marks the first member as encrypted in both of its headers. */
function flagged(zip: Buffer): Buffer {
  zip[6]! |= 1;
  zip[zip.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1')) + 8]! |= 1;
  return zip;
}

function damaged(zip: Buffer): Buffer {
  zip[60]! ^= 0xff;
  return zip;
}
