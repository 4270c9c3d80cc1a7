import { parse } from 'parse5';
import { AnswerboxError } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import { BlockBuilder } from './block-builder.ts';
import {
  addHtmlPictures,
  embeddedPicture,
  type HtmlPicture,
  type PictureCount,
  type PictureTools,
} from './html-pictures.ts';
import { isElement, type HtmlElement, type HtmlParent } from './html-elements.ts';
import { HtmlWalker } from './html-walker.ts';
import { limitDepth } from './limit-depth.ts';
import type { ParseContext } from './parse-context.ts';
import { memberAt } from './member-at.ts';
import type { Parsed } from './parsed.ts';
import { PictureReading, TESSERACT, type Ocr } from './picture-reading.ts';
import { openArchive, type Archive } from './read-archive.ts';
import { descendants, readXml, xmlText, type XmlElement } from './read-xml.ts';

const FORMAT = 'an EPUB book';
/** Scrambled fonts are no protection of the text (EPUB 3.3, section 4.3). */
const FONT_SCRAMBLING = /idpf\.org\/2008\/embedding|ns\.adobe\.com\/pdf\/enc/;

/** EPUB: its chapters in reading order, as HTML, with the text in their pictures where OCR is installed. */
export async function parseEpub(
  file: SourceFile,
  context: ParseContext,
  ocr: Ocr = TESSERACT,
): Promise<Parsed> {
  const { source } = file;
  const archive = openArchive(file, context);
  refuseProtected(archive, source);
  const packageName = packageOf(archive, source);
  const text = archive.readText(packageName);
  if (text === null) throw damaged(source, 'its list of chapters is missing');
  const root = readXml(text, source, FORMAT);
  const builder = new BlockBuilder();
  const reading = new PictureReading(context, source, 'picture', ocr);
  const count = { pictures: 0 };
  for (const name of chapterNames(root, packageName)) {
    const chapter = archive.readText(name);
    if (chapter === null) continue;
    const find = (address: string): HtmlPicture | null =>
      embeddedPicture(address) ?? memberPicture(address, name, archive, context);
    await addChapter(builder, chapter, { context, reading, find }, count);
  }
  reading.report();
  const title = descendants(root, 'title').map((one) => xmlText(one).trim())[0];
  return { builder, title: title || builder.firstTopHeading };
}

function refuseProtected(archive: Archive, source: string): void {
  const text = archive.readText('META-INF/encryption.xml');
  if (text === null) return;
  const methods = descendants(readXml(text, source, FORMAT), 'EncryptionMethod');
  if (methods.some(({ attributes }) => !FONT_SCRAMBLING.test(attributes['Algorithm'] ?? '')))
    throw new AnswerboxError('document_encrypted', { source });
}

function packageOf(archive: Archive, source: string): string {
  const text = archive.readText('META-INF/container.xml');
  const path =
    text === null
      ? undefined
      : descendants(readXml(text, source, FORMAT), 'rootfile')[0]?.attributes['full-path'];
  if (path === undefined) throw damaged(source, 'it does not say where its chapters are');
  return path;
}

function chapterNames(root: XmlElement, packageName: string): string[] {
  const hrefs = new Map(descendants(root, 'item').map(({ attributes }) => [attributes['id'], attributes]));
  return descendants(root, 'itemref').flatMap(({ attributes: { idref } }) => {
    const item = hrefs.get(idref);
    if (!item?.['href'] || /\bnav\b/.test(item['properties'] ?? '')) return [];
    return memberAt(item['href'], packageName) ?? [];
  });
}

async function addChapter(
  builder: BlockBuilder,
  markup: string,
  pictures: PictureTools,
  count: PictureCount,
): Promise<void> {
  const body = bodyOf(parse(limitDepth(markup)));
  if (!body) return;
  const shownIds = new Set<string>();
  await addHtmlPictures([body], { isContent: true, shownIds }, pictures, count);
  new HtmlWalker(builder, { shownIds, kind: 'paragraph', closesDetails: true }).walk(body, true);
}

/** A picture of the book by its address in a chapter; one that is damaged is told of, and the text goes on. */
function memberPicture(
  address: string,
  chapter: string,
  archive: Archive,
  context: ParseContext,
): HtmlPicture | null {
  const name = memberAt(address, chapter);
  if (name === null || !/\.(?:png|jpe?g|gif|bmp|webp|tiff?)$/i.test(name)) return null;
  try {
    const bytes = archive.read(name);
    return bytes && { size: bytes.length, bytes: () => bytes };
  } catch (error) {
    context.addProblem(context.asFailure(error));
    return null;
  }
}

function bodyOf(root: HtmlParent): HtmlElement | undefined {
  const html = root.childNodes.find((node) => isElement(node) && node.tagName === 'html') as
    HtmlElement | undefined;
  return html?.childNodes.find((node): node is HtmlElement => isElement(node) && node.tagName === 'body');
}

function damaged(source: string, reason: string): AnswerboxError {
  return new AnswerboxError('document_damaged', { source, format: FORMAT, reason });
}
