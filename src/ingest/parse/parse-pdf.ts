import { AnswerboxError } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import { addPictureText } from './add-picture-text.ts';
import { BlockBuilder } from './block-builder.ts';
import { overLimit, type ParseContext } from './parse-context.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import type { Parsed } from './parsed.ts';
import { PdfBlocks, readType, type PdfPage } from './pdf-blocks.ts';
import { withoutFurniture } from './pdf-furniture.ts';
import { openPdf, type OpenPdf, type ReadPage } from './pdf-pages.ts';
import { PictureReading, TESSERACT, type Ocr } from './picture-reading.ts';

/** Share of letters without a known meaning from which on a page says nothing. */
const UNMAPPED_SHARE = 0.3;

/**
 * PDF: text in reading order with headings by size, lists and tables; each block knows its page. Pages that
 * are pictures, or whose fonts do not say what they show, are read by OCR where it is installed.
 * @throws document_encrypted, document_damaged, document_over_limit, document_needs_ocr, document_unmapped_fonts
 */
export async function parsePdf(
  file: SourceFile,
  context: ParseContext,
  ocr: Ocr = TESSERACT,
): Promise<Parsed> {
  const pdf = await openPdf(file.bytes, file.source);
  try {
    if (pdf.pages > PARSE_LIMITS.pages) throw overLimit(file.source, 'pages', pdf.pages, PARSE_LIMITS.pages);
    return await readPages(pdf, file.source, context, ocr);
  } finally {
    await pdf.close();
  }
}

async function readPages(pdf: OpenPdf, source: string, context: ParseContext, ocr: Ocr): Promise<Parsed> {
  const pages: PdfPage[] = [];
  const pictures = new Map<number, 'picture' | 'unmapped'>();
  let characters = 0;
  for (let page = 1; page <= pdf.pages; page += 1) {
    const read = await pdf.readPage(page);
    characters += read.characters;
    if (characters > PARSE_LIMITS.characters)
      throw overLimit(source, 'characters', characters, PARSE_LIMITS.characters);
    const lack = lackOf(read);
    if (lack) pictures.set(page, lack);
    pages.push({ page, rows: lack === 'unmapped' ? [] : read.rows });
  }
  const reading = new PictureReading(context, source, 'page', ocr);
  const readable = await reading.canRead();
  if (pictures.size > 0 && !readable) reportPictures(pictures, pages, source, context);
  const builder = new BlockBuilder();
  const blocks = new PdfBlocks(builder, readType(pages), source);
  for (const page of withoutFurniture(pages)) {
    blocks.addPage(page);
    if (!pictures.has(page.page) || !readable) continue;
    const text = await reading.read(page.page, () => pdf.renderPage(page.page));
    blocks.addText(page.page, (target) => addPictureText(target, text));
  }
  reading.report();
  blocks.finish();
  return { builder, title: titleOf(builder, pdf.title) };
}

function lackOf({ characters, unmapped, hasPicture }: ReadPage): 'picture' | 'unmapped' | null {
  if (unmapped > characters * UNMAPPED_SHARE && unmapped > 20) return 'unmapped';
  return characters < 10 && hasPicture ? 'picture' : null;
}

/** Without OCR: an error when nothing is left, else a note about the pages that are missing. */
function reportPictures(
  pictures: ReadonlyMap<number, 'picture' | 'unmapped'>,
  pages: readonly PdfPage[],
  source: string,
  context: ParseContext,
): void {
  const isUnmapped = [...pictures.values()].includes('unmapped');
  const code = isUnmapped ? 'document_unmapped_fonts' : 'document_needs_ocr';
  if (pages.every(({ rows }) => rows.length === 0)) throw new AnswerboxError(code, { source });
  const numbers = [...pictures.keys()];
  const shown = numbers.slice(0, 10).join(', ') + (numbers.length > 10 ? ' …' : '');
  context.addProblem(new AnswerboxError(code, { source: `${source}, page ${shown},` }));
}

/** The first large heading; else the properties' title, unless a program filled it in. */
function titleOf(builder: BlockBuilder, given: string | null): string | null {
  const isOwn =
    given !== null &&
    !/^(?:untitled|microsoft \w+ - .*|.*\.(?:docx?|pptx?|xlsx?|indd|pdf|tex|dvi))$/i.test(given.trim());
  return builder.firstTopHeading ?? (isOwn ? given : null);
}
