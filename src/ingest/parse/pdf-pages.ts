import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import {
  getDocument,
  OPS,
  Util,
  VerbosityLevel,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AnswerboxError, reasonOf } from '../../errors.ts';
import { cutFigures } from './pdf-figures.ts';
import { rowsOf, type Glyphs, type Row } from './pdf-lines.ts';

/** Pages whose fonts are looked up by name, to know which are bold; costs a second look at each. */
const FONT_PAGES = 10;
/** Pixels of a page that is drawn for OCR, and dots per point: 200 dpi. */
const PICTURE = { pixels: 12_000_000, scale: 200 / 72 } as const;
const PICTURE_OPERATORS = new Set([
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintImageXObjectRepeat,
]);
/** Private use, replacement and control characters: what a font without a Unicode map gives. */
// eslint-disable-next-line no-control-regex
const UNMAPPED = /[\ue000-\uf8ff\ufffd\u0000-\u0008\u000e-\u001f\u0080-\u009f]|[\u{f0000}-\u{10ffff}]/gu;

export interface ReadPage {
  rows: Row[];
  characters: number;
  /** Letters that stand for nothing. */
  unmapped: number;
  /** Looked for only where there is hardly any text. */
  hasPicture: boolean;
}

export interface OpenPdf {
  pages: number;
  title: string | null;
  readPage(number: number): Promise<ReadPage>;
  /** As PNG. */
  renderPage(number: number): Promise<Uint8Array>;
  /** The pictures of a page, as a reader sees them, as PNG. */
  cutFigures(number: number): Promise<Uint8Array[]>;
  close(): Promise<void>;
}

/** The library's own character maps and fonts, as folders that end with a slash. */
const LIBRARY = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** @throws document_encrypted, document_damaged */
export async function openPdf(bytes: Uint8Array, source: string): Promise<OpenPdf> {
  const task = getDocument({
    // A copy: the library takes the bytes away.
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    cMapUrl: join(LIBRARY, 'cmaps', '/'),
    standardFontDataUrl: join(LIBRARY, 'standard_fonts', '/'),
    wasmUrl: join(LIBRARY, 'wasm', '/'),
    verbosity: VerbosityLevel.ERRORS,
    maxImageSize: 50_000_000,
  });
  try {
    const document = await task.promise;
    const title = await titleOf(document);
    const fonts = new Map<string, boolean>();
    return {
      pages: document.numPages,
      title,
      readPage: (number) => guarded(source, () => readPage(document, number, fonts)),
      renderPage: (number) => guarded(source, () => renderPage(document, number)),
      cutFigures: (number) => guarded(source, () => cutFigures(document, number)),
      close: () => task.destroy(),
    };
  } catch (error) {
    await task.destroy().catch(() => undefined);
    throw asDocumentError(error, source);
  }
}

async function guarded<Result>(source: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw asDocumentError(error, source);
  }
}

function asDocumentError(error: unknown, source: string): AnswerboxError {
  if (error instanceof AnswerboxError) return error;
  if (error instanceof Error && error.name === 'PasswordException')
    return new AnswerboxError('document_encrypted', { source }, error);
  const reason = reasonOf(error).slice(0, 200);
  return new AnswerboxError('document_damaged', { source, format: 'a PDF', reason }, error);
}

async function titleOf(document: PDFDocumentProxy): Promise<string | null> {
  const { info } = await document.getMetadata().catch(() => ({ info: {} }));
  const title = (info as { Title?: unknown }).Title;
  return typeof title === 'string' && title.trim() !== '' ? title : null;
}

async function readPage(
  document: PDFDocumentProxy,
  number: number,
  fonts: Map<string, boolean>,
): Promise<ReadPage> {
  const page = await document.getPage(number);
  try {
    const content = await page.getTextContent();
    const text = content.items.map((item) => ('str' in item ? item.str : '')).join('');
    const characters = text.replace(/\s/g, '').length;
    const needsOperators = number <= FONT_PAGES || characters < 10;
    const operators = needsOperators ? await page.getOperatorList() : null;
    const { transform } = page.getViewport({ scale: 1 });
    const pieces: Glyphs[] = [];
    for (const item of content.items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      const [a = 0, b = 0, c = 0, d = 0, left = 0, baseline = 0] = Util.transform(
        transform,
        item.transform,
      ) as number[];
      const size = Math.hypot(c, d) || Math.hypot(a, b);
      // Text that runs up the margin is a stamp or a running title.
      if (Math.abs(b) > Math.abs(a) || !(size > 0.5 && size < 2000)) continue;
      pieces.push({
        text: item.str,
        left,
        baseline,
        size,
        width: item.width,
        isBold: isBold(page, item.fontName, fonts),
      });
    }
    return {
      rows: rowsOf(pieces),
      characters,
      unmapped: text.match(UNMAPPED)?.length ?? 0,
      hasPicture: operators?.fnArray.some((operator) => PICTURE_OPERATORS.has(operator)) ?? false,
    };
  } finally {
    page.cleanup();
  }
}

/** By the font's own name, once it was loaded. */
function isBold(page: PDFPageProxy, fontName: string, known: Map<string, boolean>): boolean {
  const before = known.get(fontName);
  if (before !== undefined) return before;
  if (!page.commonObjs.has(fontName)) return false;
  const font = page.commonObjs.get(fontName) as { name?: string; black?: boolean; bold?: boolean } | null;
  const found =
    font?.bold === true || font?.black === true || /bold|black|heavy|semibold/i.test(font?.name ?? '');
  known.set(fontName, found);
  return found;
}

async function renderPage(document: PDFDocumentProxy, number: number): Promise<Uint8Array> {
  const page = await document.getPage(number);
  try {
    const { width, height } = page.getViewport({ scale: 1 });
    const scale = Math.min(PICTURE.scale, Math.sqrt(PICTURE.pixels / Math.max(1, width * height)));
    const viewport = page.getViewport({ scale });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    await page.render({
      // The library's types know the browser's canvas alone.
      canvas: canvas as never,
      viewport,
    }).promise;
    return await canvas.encode('png');
  } finally {
    page.cleanup();
  }
}
