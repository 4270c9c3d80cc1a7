import { parse } from 'parse5';
import type { SourceFile } from '../ingest-types.ts';
import { BlockBuilder, collapse } from './block-builder.ts';
import { type HtmlElement, textOf } from './html-elements.ts';
import { addHtmlPictures, embeddedPicture } from './html-pictures.ts';
import { HtmlWalker } from './html-walker.ts';
import { limitDepth } from './limit-depth.ts';
import { findMainContent, type PageParts } from './main-content.ts';
import type { ParseContext } from './parse-context.ts';
import type { Parsed } from './parsed.ts';
import { PictureReading, TESSERACT, type Ocr } from './picture-reading.ts';
import { readableContent } from './readable-page.ts';

/** An HTML page as blocks: its main content without navigation, controls and hidden parts. */
export function parseHtml(markup: string): Parsed {
  return blocksOf(contentOf(markup));
}

/** The same, with the text in the pictures that are written into the page, where OCR is installed. */
export async function parseHtmlPage(
  markup: string,
  { source }: Pick<SourceFile, 'source'>,
  context: ParseContext,
  ocr: Ocr = TESSERACT,
): Promise<Parsed> {
  const page = contentOf(markup);
  if (/data:image\//i.test(markup)) {
    const reading = new PictureReading(context, source, 'picture', ocr);
    const shown = { isContent: page.isMarked, shownIds: page.shownIds };
    await addHtmlPictures(page.roots, shown, { context, reading, find: embeddedPicture });
    reading.report();
  }
  return blocksOf(page);
}

function contentOf(markup: string): PageParts {
  const whole = findMainContent(parse(limitDepth(markup)));
  const content = whole.isMarked ? null : readableContent(markup);
  const main = content === null ? null : findMainContent(parse(limitDepth(`<main>${content}</main>`)));
  return main === null ? whole : { ...whole, roots: main.roots, isMarked: true };
}

function blocksOf(page: PageParts): Parsed {
  const builder = new BlockBuilder();
  const walker = new HtmlWalker(builder, { shownIds: page.shownIds, kind: 'paragraph', closesDetails: true });
  for (const root of page.roots) walker.walk(root, page.isMarked);
  return { builder, title: builder.firstTopHeading ?? titleOutside(page) };
}

/** The page's only <h1>, wherever it stands, else <title> without the site's name. */
function titleOutside({ headings, titleElement, shownIds }: PageParts): string | null {
  const only = headings.length === 1 && headings[0] ? collapse(textOf(headings[0], shownIds)) : '';
  if (only !== '') return only;
  const title = titleElement ? collapse(rawText(titleElement)) : '';
  return title === '' ? null : title.split(/\s+[|–—·»-]\s+|\s+::\s+/)[0]?.trim() || title;
}

/** <title> stands in <head>, which is unread elsewhere. */
function rawText(element: HtmlElement): string {
  return element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
}
