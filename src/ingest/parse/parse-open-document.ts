import { AnswerboxError } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import { addRecords, splitSheet } from './add-records.ts';
import { addPictureText } from './add-picture-text.ts';
import { BlockBuilder } from './block-builder.ts';
import type { ParseContext } from './parse-context.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import type { Parsed } from './parsed.ts';
import { PICTURE_BYTES, PictureReading, TESSERACT, type Ocr } from './picture-reading.ts';
import { openArchive, type Archive } from './read-archive.ts';
import { childElements, descendants, readXml, xmlText, type XmlElement } from './read-xml.ts';

const FORMAT = 'an OpenDocument file';
/** Text of these is no text of the document. */
const UNREAD = new Set([
  'annotation',
  'tracked-changes',
  'sequence-decls',
  'forms',
  'desc',
  'title',
  'notes',
]);

/**
 * OpenDocument text, sheets and presentations (ODF 1.3): headings, lists, tables, slides as pages, and the text in
 * their pictures where OCR is installed.
 */
export async function parseOpenDocument(
  file: SourceFile,
  context: ParseContext,
  ocr: Ocr = TESSERACT,
): Promise<Parsed> {
  const { source } = file;
  const archive = openArchive(file, context);
  if (/<manifest:encryption-data|<encryption-data/.test(archive.readText('META-INF/manifest.xml') ?? ''))
    throw new AnswerboxError('document_encrypted', { source });
  const text = archive.readText('content.xml');
  if (text === null)
    throw new AnswerboxError('document_damaged', { source, format: FORMAT, reason: 'it has no content' });
  const builder = new BlockBuilder();
  const bodies = descendants(readXml(text, source, FORMAT), 'body');
  const reading = new PictureReading(context, source, 'picture', ocr);
  const pictures = await readPictures(bodies, archive, context, reading);
  reading.report();
  const walker = new OpenDocumentWalker(builder, source, pictures);
  for (const body of bodies) walker.walk(body);
  return { builder, title: metaTitle(archive, source) ?? builder.firstTopHeading };
}

interface ReadPicture {
  bytes: Uint8Array;
  /** '' when none was found in it. */
  text: string;
}

/** The pictures in the file, by the element that shows them; one that is linked to is not fetched. */
async function readPictures(
  bodies: readonly XmlElement[],
  archive: Archive,
  context: ParseContext,
  reading: PictureReading,
): Promise<Map<XmlElement, ReadPicture>> {
  const pictures = new Map<XmlElement, ReadPicture>();
  let number = 0;
  for (const image of bodies.flatMap((body) => descendants(body, 'image'))) {
    const name = (image.attributes['href'] ?? '').replace(/^\.\//, '');
    // Beside a picture there may be another form of it, and drawings of charts.
    if (!/^Pictures\/.*\.(?:png|jpe?g|gif|bmp|webp|tiff?)$/i.test(name)) continue;
    const bytes = readMember(archive, name, context);
    if (!bytes) continue;
    number += 1;
    const isLarge = bytes.length >= PICTURE_BYTES;
    if (isLarge) context.keepPicture(bytes);
    pictures.set(image, { bytes, text: isLarge ? await reading.read(number, () => bytes) : '' });
  }
  return pictures;
}

/** A damaged picture is told of, and the text goes on. */
function readMember(archive: Archive, name: string, context: ParseContext): Buffer | null {
  try {
    return archive.read(name);
  } catch (error) {
    context.addProblem(context.asFailure(error));
    return null;
  }
}

function metaTitle(archive: Archive, source: string): string | null {
  const text = archive.readText('meta.xml');
  if (text === null) return null;
  const title = descendants(readXml(text, source, FORMAT), 'title').map((one) => xmlText(one).trim())[0];
  return title === undefined || title === '' ? null : title;
}

class OpenDocumentWalker {
  readonly #builder: BlockBuilder;
  readonly #source: string;
  /** Those that were not added yet. */
  readonly #pictures: Map<XmlElement, ReadPicture>;
  #slide = 0;

  constructor(builder: BlockBuilder, source: string, pictures: Map<XmlElement, ReadPicture>) {
    this.#pictures = pictures;
    this.#builder = builder;
    this.#source = source;
  }

  /** Depth is bounded by the XML reader. */
  walk(element: XmlElement, isList = false): void {
    for (const child of childElements(element)) this.#add(child, isList);
  }

  #add(element: XmlElement, isList: boolean): void {
    switch (element.name) {
      case 'h':
        return this.#builder.addHeading(Number(element.attributes['outline-level']) || 1, inline(element));
      case 'p':
        this.#builder.add(isList ? 'list_item' : 'paragraph', inline(element));
        // Frames stand inside paragraphs; what is in them comes after.
        return this.#addFrames(element, isList);
      case 'list':
        return this.walk(element, true);
      case 'table':
        return this.#addTable(element);
      case 'page':
        this.#slide += 1;
        this.#builder.startPage(this.#slide);
        return this.#addSlide(element);
      case 'frame':
        return this.#addFrame(element, isList);
      default:
        if (!UNREAD.has(element.name)) this.walk(element, isList);
    }
  }

  #addSlide(page: XmlElement): void {
    const frames = childElements(page);
    const title = frames.find(({ attributes }) => attributes['class'] === 'title');
    if (title)
      this.#builder.addHeading(
        2,
        descendants(title, 'p')
          .map((one) => inline(one))
          .join(' '),
      );
    else this.#builder.closeHeading(2);
    for (const frame of frames) if (frame !== title) this.#add(frame, false);
  }

  #addFrames(element: XmlElement, isList: boolean): void {
    for (const frame of descendants(element, 'frame')) this.#addFrame(frame, isList);
  }

  /** Its text, and what its author wrote about the picture in it. */
  #addFrame(frame: XmlElement, isList: boolean): void {
    const about = ['title', 'desc'].flatMap((name) =>
      childElements(frame, name).map((text) => xmlText(text)),
    );
    for (const text of about) this.#builder.add('paragraph', text);
    for (const image of childElements(frame, 'image')) {
      const picture = this.#pictures.get(image);
      if (!picture) continue;
      this.#builder.addPicture({ alt: about.at(-1)?.trim() ?? '', bytes: picture.bytes });
      addPictureText(this.#builder, picture.text);
      this.#pictures.delete(image);
    }
    this.walk(frame, isList);
  }

  #addTable(table: XmlElement): void {
    const isSheet = table.attributes['name'] !== undefined && this.#isFirstLevel(table);
    if (isSheet) this.#builder.addHeading(2, table.attributes['name'] ?? '');
    const { above, grid } = splitSheet(tableRows(table), !isSheet);
    for (const line of above) this.#builder.add('paragraph', line);
    addRecords(this.#builder, grid, this.#source);
    // Behind the cells that they lie over; text in any other frame is the program's own.
    for (const frame of descendants(table, 'frame'))
      if (childElements(frame, 'image').length > 0) this.#addFrame(frame, false);
  }

  /** A name such as 'Table1' or 'Sheet1' is the program's own. */
  #isFirstLevel(table: XmlElement): boolean {
    return !/^(?:tabl\p{L}*|sheet|feuille|hoja)\s?\d*$/iu.test(table.attributes['name'] ?? '');
  }
}

/** Repeated empty rows and columns fill a sheet to its end: only what holds text is repeated. */
function tableRows(table: XmlElement): string[][] {
  const rows: string[][] = [];
  for (const row of descendants(table, 'table-row')) {
    const cells: string[] = [];
    for (const cell of childElements(row)) {
      if (!/^(?:covered-)?table-cell$/.test(cell.name)) continue;
      const text = descendants(cell, 'p')
        .map((one) => inline(one))
        .join(' ')
        .slice(0, PARSE_LIMITS.cellCharacters);
      const times = Number(cell.attributes['number-columns-repeated']) || 1;
      for (let count = Math.min(times, text === '' ? 64 : 256); count > 0; count -= 1) cells.push(text);
    }
    while (cells.at(-1) === '') cells.pop();
    const times =
      cells.length === 0 ? 1 : Math.min(Number(row.attributes['number-rows-repeated']) || 1, 1000);
    for (let count = times; count > 0 && rows.length <= PARSE_LIMITS.rows; count -= 1) rows.push(cells);
  }
  return rows;
}

/** The text of a paragraph; spaces, tabs and line breaks are elements. */
function inline(element: XmlElement): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return child;
      if (/^(?:s|tab|line-break)$/.test(child.name)) return ' ';
      return child.name === 'frame' || child.name === 'note' || UNREAD.has(child.name) ? '' : inline(child);
    })
    .join('');
}
