import { strToU8, zipSync, type Zippable } from 'fflate';

/** Office files by hand: the fewest parts that their programs write and ours need. */
export type Parts = Record<string, string | Uint8Array>;

export function zipOf(parts: Parts, level: 0 | 6 | 9 = 6): Buffer {
  const entries: Zippable = {};
  for (const [name, content] of Object.entries(parts))
    entries[name] = [
      typeof content === 'string' ? strToU8(content) : content,
      { level, mtime: new Date(2026, 0, 1) },
    ];
  return Buffer.from(zipSync(entries));
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const types = (overrides: Record<string, string>): string =>
  `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>${Object.entries(
    overrides,
  )
    .map(
      ([name, type]) =>
        `<Override PartName="${name}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`,
    )
    .join('')}</Types>`;
const relations = (targets: readonly [id: string, type: string, target: string][]): string =>
  `${XML}<Relationships xmlns="${RELATIONS}">${targets
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;
export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `body` is what stands in <w:body>. */
export function docxParts(body: string, head = ''): Parts {
  return {
    '[Content_Types].xml': types({
      '/word/document.xml': 'wordprocessingml.document.main',
      '/word/styles.xml': 'wordprocessingml.styles',
    }),
    '_rels/.rels': relations([['rId1', 'officeDocument', 'word/document.xml']]),
    'word/_rels/document.xml.rels': relations([['rId1', 'styles', 'styles.xml']]),
    'word/styles.xml': `${XML}<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${[
      1, 2, 3,
    ]
      .map(
        (level) =>
          `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/></w:style>`,
      )
      .join('')}</w:styles>`,
    'word/document.xml': `${XML}${head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:body>${body}</w:body></w:document>`,
  };
}

export function wordParagraph(text: string, style = ''): string {
  const properties = style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`;
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;
}

export function wordTable(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => `<w:tc>${wordParagraph(text)}</w:tc>`;
  return `<w:tbl>${rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`;
}

export type Cell = string | number | null | { formula: string; value: string | number };

export function xlsxParts(sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): Parts {
  const names = Object.keys(sheets);
  const parts: Parts = {
    '[Content_Types].xml': types({
      '/xl/workbook.xml': 'spreadsheetml.sheet.main',
      ...Object.fromEntries(
        names.map((_, index) => [`/xl/worksheets/sheet${index + 1}.xml`, 'spreadsheetml.worksheet']),
      ),
    }),
    '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/_rels/workbook.xml.rels': relations(
      names.map((_, index) => [`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`]),
    ),
    'xl/workbook.xml': `${XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets>${names
      .map(
        (name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
  };
  names.forEach((name, index) => {
    const rows = sheets[name]!.map(
      (row, at) =>
        `<row r="${at + 1}">${row.map((cell, column) => xlsxCell(cell, column, at)).join('')}</row>`,
    );
    parts[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(rows.join(''));
  });
  return parts;
}

export function sheetXml(rows: string, head = ''): string {
  return `${XML}${head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;
}

function xlsxCell(cell: Cell, column: number, row: number): string {
  const at = `${String.fromCharCode(65 + column)}${row + 1}`;
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') return `<c r="${at}" t="inlineStr"><is><t>${escapeXml(cell)}</t></is></c>`;
  const type = typeof cell.value === 'string' ? ' t="str"' : '';
  return `<c r="${at}"${type}><f>${escapeXml(cell.formula)}</f><v>${escapeXml(String(cell.value))}</v></c>`;
}

export interface Slide {
  title: string;
  lines: readonly string[];
  table?: readonly (readonly string[])[];
  notes?: string;
  alternativeText?: string;
}

export function pptxParts(slides: readonly Slide[]): Parts {
  const space = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="${OFFICE}"`;
  const text = (lines: readonly string[]): string =>
    lines.map((line) => `<a:p><a:r><a:t>${escapeXml(line)}</a:t></a:r></a:p>`).join('');
  const shape = (kind: string, lines: readonly string[]): string =>
    `<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:nvPr><p:ph type="${kind}"/></p:nvPr></p:nvSpPr><p:txBody>${text(lines)}</p:txBody></p:sp>`;
  const parts: Parts = {
    '[Content_Types].xml': types({ '/ppt/presentation.xml': 'presentationml.presentation.main' }),
    '_rels/.rels': relations([['rId1', 'officeDocument', 'ppt/presentation.xml']]),
    'ppt/presentation.xml': `${XML}<p:presentation ${space}><p:sldIdLst>${slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 1}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    // File names run against the order of the slides, as they do after slides were moved.
    'ppt/_rels/presentation.xml.rels': relations(
      slides.map((_, index) => [`rId${index + 1}`, 'slide', `slides/slide${slides.length - index}.xml`]),
    ),
  };
  slides.forEach(({ title, lines, table, notes, alternativeText }, index) => {
    const name = `slide${slides.length - index}.xml`;
    const cells = table?.map(
      (row) =>
        `<a:tr>${row.map((cell) => `<a:tc><a:txBody>${text([cell])}</a:txBody></a:tc>`).join('')}</a:tr>`,
    );
    const frame = cells
      ? `<p:graphicFrame><a:graphic><a:graphicData><a:tbl>${cells.join('')}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
      : '';
    const picture = alternativeText
      ? `<p:pic><p:nvPicPr><p:cNvPr id="9" name="Picture 1" descr="${escapeXml(alternativeText)}"/></p:nvPicPr></p:pic>`
      : '';
    parts[`ppt/slides/${name}`] =
      `${XML}<p:sld ${space}><p:cSld><p:spTree>${shape('title', [title])}${shape('body', lines)}${frame}${picture}</p:spTree></p:cSld></p:sld>`;
    if (notes === undefined) return;
    parts[`ppt/slides/_rels/${name}.rels`] = relations([
      ['rId1', 'notesSlide', `../notesSlides/notes${index + 1}.xml`],
    ]);
    parts[`ppt/notesSlides/notes${index + 1}.xml`] =
      `${XML}<p:notes ${space}><p:cSld><p:spTree>${shape('body', [notes])}${shape('sldNum', [String(index + 1)])}</p:spTree></p:cSld></p:notes>`;
  });
  return parts;
}

/** `body` is what stands in <office:body>. */
export function openDocumentParts(
  kind: 'text' | 'spreadsheet' | 'presentation',
  body: string,
  head = '',
): Parts {
  const space = ['office', 'text', 'table', 'draw', 'presentation']
    .map(
      (name) =>
        `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name === 'draw' ? 'drawing' : name}:1.0"`,
    )
    .join(' ');
  return {
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    'META-INF/manifest.xml': `${XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>`,
    'content.xml': `${XML}${head}<office:document-content ${space} xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
  };
}

export function epubParts(title: string, chapters: readonly string[]): Parts {
  const parts: Parts = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': `${XML}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
    'OEBPS/content.opf': `${XML}<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title></metadata><manifest>${chapters
      .map(
        (_, index) =>
          `<item id="c${index}" href="chapter%20${index}.xhtml" media-type="application/xhtml+xml"/>`,
      )
      .join(
        '',
      )}</manifest><spine>${chapters.map((_, index) => `<itemref idref="c${index}"/>`).join('')}</spine></package>`,
  };
  chapters.forEach((chapter, index) => {
    parts[`OEBPS/chapter ${index}.xhtml`] =
      `${XML}<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>${chapter}</body></html>`;
  });
  return parts;
}
