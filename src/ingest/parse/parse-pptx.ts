import { AnswerboxError } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import { addRecords, splitSheet } from './add-records.ts';
import { BlockBuilder } from './block-builder.ts';
import { coreTitle } from './parse-docx.ts';
import { overLimit, type ParseContext } from './parse-context.ts';
import { memberAt } from './member-at.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import type { Parsed } from './parsed.ts';
import { PICTURE_BYTES, PictureReading, TESSERACT, type Ocr } from './picture-reading.ts';
import { openArchive, type Archive } from './read-archive.ts';
import { childElements, descendants, readXml, xmlText, type XmlElement } from './read-xml.ts';

const FORMAT = 'a PowerPoint presentation';

/** PowerPoint: a slide a page, its title as heading; lists, tables, speakers' notes, alternative texts. */
export async function parsePptx(
  file: SourceFile,
  context: ParseContext,
  ocr: Ocr = TESSERACT,
): Promise<Parsed> {
  const archive = openArchive(file, context);
  const builder = new BlockBuilder();
  const slides = slideNames(archive, file.source);
  if (slides.length > PARSE_LIMITS.pages)
    throw overLimit(file.source, 'slides', slides.length, PARSE_LIMITS.pages);
  const reading = new PictureReading(context, file.source, 'slide', ocr);
  for (const [index, name] of slides.entries()) {
    const text = archive.readText(name);
    if (text === null) continue;
    builder.startPage(index + 1);
    const slide = new Slide(builder, file.source);
    const root = readXml(text, file.source, FORMAT);
    slide.add(root);
    const related = relations(archive, name, file.source);
    const alts = alternativeTexts(root);
    await addPictures(builder, archive, related, (bytes, id) => {
      context.keepPicture(bytes);
      builder.addPicture({ alt: alts.get(id) ?? '', bytes });
      return reading.read(index + 1, () => bytes);
    });
    const notes = [...related.values()].find((target) => target.includes('notesSlide'));
    if (notes) addNotes(builder, archive.readText(notes), file.source);
  }
  reading.report();
  return { builder, title: coreTitle(archive, file.source) ?? builder.firstTopHeading };
}

/** In the order of the presentation, which is not that of the file names. */
function slideNames(archive: Archive, source: string): string[] {
  const text = archive.readText('ppt/presentation.xml');
  if (text === null)
    throw new AnswerboxError('document_damaged', { source, format: FORMAT, reason: 'it has no slides' });
  const targets = relations(archive, 'ppt/presentation.xml', source);
  return descendants(readXml(text, source, FORMAT), 'sldId').flatMap(({ attributes }) => {
    const target = targets.get(attributes['id'] ?? '') ?? targets.get(relationId(attributes));
    return target === undefined ? [] : [target];
  });
}

/** `r:id` and `id` are both 'id' without their prefixes; the one like 'rId7' is the relation. */
function relationId(attributes: XmlElement['attributes']): string {
  return Object.values(attributes).find((value) => /^rId/i.test(value)) ?? '';
}

/** Names of the members that one refers to, by id of the relation. */
function relations(archive: Archive, name: string, source: string): Map<string, string> {
  const folder = name.slice(0, name.lastIndexOf('/'));
  const text = archive.readText(`${folder}/_rels/${name.slice(folder.length + 1)}.rels`);
  if (text === null) return new Map();
  return new Map(
    childElements(readXml(text, source, FORMAT)).flatMap(({ attributes: { Id = '', Target = '' } }) => {
      const member = memberAt(Target, `${folder}/`);
      return member === null ? [] : [[Id, member] as const];
    }),
  );
}

class Slide {
  readonly #builder: BlockBuilder;
  readonly #source: string;

  constructor(builder: BlockBuilder, source: string) {
    this.#builder = builder;
    this.#source = source;
  }

  add(root: XmlElement): void {
    const shapes = descendants(root, 'spTree').flatMap((tree) => leaves(tree));
    const titles = shapes.filter(isTitle);
    const heading = titles
      .map((shape) =>
        paragraphs(shape)
          .map(({ text }) => text)
          .join(' '),
      )
      .join(' ')
      .trim();
    // A slide without a title begins a new section all the same.
    if (heading === '') this.#builder.closeHeading(2);
    else this.#builder.addHeading(2, heading);
    for (const shape of shapes) if (!titles.includes(shape)) this.#addShape(shape);
  }

  #addShape(shape: XmlElement): void {
    for (const table of descendants(shape, 'tbl')) {
      const rows = descendants(table, 'tr').map((row) =>
        descendants(row, 'tc').map((cell) =>
          paragraphs(cell)
            .map(({ text }) => text)
            .join(' '),
        ),
      );
      const { above, grid } = splitSheet(rows, true);
      for (const line of above) this.#builder.add('paragraph', line);
      addRecords(this.#builder, grid, this.#source);
    }
    if (shape.name === 'graphicFrame') return;
    const texts = paragraphs(shape);
    const isList = texts.length > 1;
    for (const { text } of texts) this.#builder.add(isList ? 'list_item' : 'paragraph', text);
    if (shape.name === 'pic') this.#builder.add('paragraph', alternativeText(shape));
  }
}

/** Shapes, pictures and tables, those in groups too. */
function leaves(tree: XmlElement): XmlElement[] {
  return childElements(tree).flatMap((child) => {
    if (child.name === 'grpSp') return leaves(child);
    return /^(?:sp|pic|graphicFrame)$/.test(child.name) ? [child] : [];
  });
}

function isTitle(shape: XmlElement): boolean {
  return descendants(shape, 'ph').some(({ attributes }) =>
    /^(?:title|ctrTitle)$/.test(attributes['type'] ?? ''),
  );
}

function paragraphs(shape: XmlElement): { text: string }[] {
  return descendants(shape, 'p')
    .map((paragraph) => ({
      text: childElements(paragraph)
        .map((run) =>
          run.name === 'br'
            ? ' '
            : descendants(run, 't')
                .map((one) => xmlText(one))
                .join(''),
        )
        .join(''),
    }))
    .filter(({ text }) => text.trim() !== '');
}

/** A description that a person wrote: not 'Picture 3' and not a file name. */
function alternativeText(shape: XmlElement): string {
  const text = descendants(shape, 'cNvPr')[0]?.attributes['descr'] ?? '';
  return /^(?:picture|image|grafik|bild)\s*\d*$|\.(?:png|jpe?g|gif)$/i.test(text.trim()) ? '' : text;
}

/** What the slide says of its pictures, by id of the relation. */
function alternativeTexts(slide: XmlElement): ReadonlyMap<string, string> {
  return new Map(
    descendants(slide, 'pic').flatMap((shape) => {
      const id = descendants(shape, 'blip')[0]?.attributes['embed'];
      return id === undefined ? [] : [[id, alternativeText(shape)] as const];
    }),
  );
}

async function addPictures(
  builder: BlockBuilder,
  archive: Archive,
  related: ReadonlyMap<string, string>,
  read: (picture: Uint8Array, id: string) => Promise<string>,
): Promise<void> {
  for (const [id, target] of related) {
    if (!/\/media\/.*\.(?:png|jpe?g|gif|bmp|tiff?)$/i.test(target)) continue;
    const bytes = archive.read(target);
    if (!bytes || bytes.length < PICTURE_BYTES) continue;
    builder.add('paragraph', await read(bytes, id));
  }
}

function addNotes(builder: BlockBuilder, text: string | null, source: string): void {
  if (text === null) return;
  for (const shape of descendants(readXml(text, source, FORMAT), 'sp')) {
    // The number of the slide and its small picture stand on the page of notes, too.
    const kind = descendants(shape, 'ph')[0]?.attributes['type'] ?? '';
    if (kind !== 'body') continue;
    for (const paragraph of paragraphs(shape)) builder.add('paragraph', paragraph.text);
  }
}
