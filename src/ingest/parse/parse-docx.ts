import mammoth from 'mammoth';
import { AnswerboxError, reasonOf } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import type { ParseContext } from './parse-context.ts';
import type { Parsed } from './parsed.ts';
import { parseHtml } from './parse-html.ts';
import { PICTURE_BYTES, PictureReading, TESSERACT, type Ocr } from './picture-reading.ts';
import { openArchive, type Archive } from './read-archive.ts';
import { childElements, readXml, xmlText } from './read-xml.ts';

/** Word: headings by style, lists, tables, alternative texts, and the text in its pictures where OCR is installed. Macros are never looked at. */
export async function parseDocx(
  file: SourceFile,
  context: ParseContext,
  ocr: Ocr = TESSERACT,
): Promise<Parsed> {
  const { source } = file;
  const archive = openArchive(file, context);
  archive.verify();
  for (const { name } of archive.members.filter((one) => /\.(?:xml|rels)$/.test(one.name)))
    refuseEntities(archive.read(name)?.subarray(0, 4096), source);
  const reading = new PictureReading(context, source, 'picture', ocr);
  let pictures = 0;
  const convertImage = mammoth.images.imgElement(async (image) => {
    const bytes = await image.readAsBuffer();
    if (bytes.length >= PICTURE_BYTES) context.keepPicture(bytes);
    if (!context.readsPictures) return { src: context.holdPicture(bytes) };
    pictures += 1;
    const text = bytes.length >= PICTURE_BYTES ? await reading.read(pictures, () => bytes) : '';
    return { src: '', ...(text !== '' && { alt: text.replace(/\s+/g, ' ') }) };
  });
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(file.bytes) },
      { convertImage, externalFileAccess: false },
    );
    reading.report();
    const parsed = parseHtml(`<main>${value}</main>`);
    return { ...parsed, title: parsed.title ?? coreTitle(archive, source) };
  } catch (error) {
    if (error instanceof AnswerboxError) throw error;
    const reason = reasonOf(error).slice(0, 200);
    throw new AnswerboxError('document_damaged', { source, format: 'a Word document', reason }, error);
  }
}

/** No office program writes them; whoever does wants more than a document. */
function refuseEntities(head: Buffer | undefined, source: string): void {
  if (/<!(?:ENTITY|DOCTYPE)/i.test(head?.toString('latin1') ?? ''))
    throw new AnswerboxError('document_xml_entities', { source });
}

/** The title in the document's properties, unless it is what a program filled in. */
export function coreTitle(archive: Archive, source: string): string | null {
  const text = archive.readText('docProps/core.xml');
  if (text === null) return null;
  const [title] = childElements(readXml(text, source, 'an office file'), 'title').map((one) =>
    xmlText(one).trim(),
  );
  return title &&
    !/^(?:untitled|powerpoint presentation|presentation|word document|document\d*)$/i.test(title)
    ? title
    : null;
}
