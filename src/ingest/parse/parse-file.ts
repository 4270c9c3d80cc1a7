import type { MediaType, ParsedDocument, ParsedFile, SourceFile } from '../ingest-types.ts';
import { buildDocument } from './build-document.ts';
import { detectFormat } from './detect-format.ts';
import { ParseContext } from './parse-context.ts';
import type { FileParser } from './parsed.ts';
import { decodeBytes } from './decode-bytes.ts';
import { parseDecoded, readTextFile } from './parse-document.ts';
import { parseHtmlPage } from './parse-html.ts';
import { detectTextFormat } from './text-format.ts';

const OPEN_XML = 'application/vnd.openxmlformats-officedocument.' as const;
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument.' as const;

const image = async (): Promise<FileParser> => (await import('./parse-image.ts')).parseImage;
const openDocument = async (): Promise<FileParser> =>
  (await import('./parse-open-document.ts')).parseOpenDocument;

/** Loaded when the first file of the format comes: a run that reads Markdown alone never pays for PDF. */
const PARSERS: Partial<Record<MediaType, () => Promise<FileParser>>> = {
  'application/pdf': async () => (await import('./parse-pdf.ts')).parsePdf,
  [`${OPEN_XML}wordprocessingml.document`]: async () => (await import('./parse-docx.ts')).parseDocx,
  [`${OPEN_XML}spreadsheetml.sheet`]: async () => (await import('./parse-xlsx.ts')).parseXlsx,
  [`${OPEN_XML}presentationml.presentation`]: async () => (await import('./parse-pptx.ts')).parsePptx,
  [`${OPEN_DOCUMENT}text`]: openDocument,
  [`${OPEN_DOCUMENT}spreadsheet`]: openDocument,
  [`${OPEN_DOCUMENT}presentation`]: openDocument,
  'application/epub+zip': async () => (await import('./parse-epub.ts')).parseEpub,
  'application/rtf': async () => (await import('./parse-rtf.ts')).parseRtf,
  'message/rfc822': async () => (await import('./parse-mail.ts')).parseMail,
  'application/mbox': async () => (await import('./parse-mailbox.ts')).parseMailbox,
  'application/zip': async () => (await import('./parse-zip.ts')).parseZip,
  'image/png': image,
  'image/jpeg': image,
  'image/gif': image,
  'image/tiff': image,
  'image/webp': image,
  'image/bmp': image,
};

/**
 * A file of any format as its document and the documents inside it. Runs in the process of its own that
 * `createDocumentParser` keeps: time and memory are bounded there, everything else here.
 * @throws document_*
 */
export async function parseFile(file: SourceFile): Promise<ParsedFile> {
  const context = new ParseContext(parseInside, undefined, file);
  if (file.showsPictures) return showPictures(file, context);
  const document = await parseInside(file, context);
  const { parts, problems, pictures } = context;
  return { document, parts, problems, ...(pictures && { pictures }) };
}

/** Pages may hold pictures, which take time to read; any other text is read at once. */
async function readText(file: SourceFile, context: ParseContext): Promise<ParsedDocument> {
  const text = decodeBytes(file.bytes, file.source);
  const format = detectTextFormat(file, text);
  if (format !== 'text/html') return parseDecoded(file, text, format);
  return buildDocument(file, format, await parseHtmlPage(text, file, context));
}

async function showPictures(file: SourceFile, context: ParseContext): Promise<ParsedFile> {
  const mediaType = (await detectFormat(file, context)) ?? 'text/plain';
  const shown = await (
    await import('./show-pictures.ts')
  ).showPictures(file, mediaType, context, async () => {
    const load = PARSERS[mediaType];
    return load === undefined ? readTextFile(file).parsed : (await load())(file, context);
  });
  const document = { title: file.name, text: '', blocks: [], mediaType, pages: [] };
  return { document, parts: [], problems: [], shown };
}

async function parseInside(file: SourceFile, context: ParseContext): Promise<ParsedDocument> {
  const mediaType = await detectFormat(file, context);
  const load = mediaType === null ? undefined : PARSERS[mediaType];
  const document =
    mediaType === null || load === undefined
      ? await readText(file, context)
      : buildDocument(file, mediaType, await (await load())(file, context));
  context.spendCharacters(file.source, document.text.length);
  return document;
}
