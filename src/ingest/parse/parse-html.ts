import { parse } from 'parse5';
import { BlockBuilder, collapse } from './block-builder.ts';
import { type HtmlElement, textOf } from './html-elements.ts';
import { HtmlWalker } from './html-walker.ts';
import { limitDepth } from './limit-depth.ts';
import { findMainContent, type PageParts } from './main-content.ts';
import type { Parsed } from './parsed.ts';
import { readableContent } from './readable-page.ts';

/** An HTML page as blocks: its main content without navigation, controls and hidden parts. */
export function parseHtml(markup: string): Parsed {
  const whole = findMainContent(parse(limitDepth(markup)));
  const content = whole.isMarked ? null : readableContent(markup);
  const main = content === null ? null : findMainContent(parse(limitDepth(`<main>${content}</main>`)));
  const page = main === null ? whole : { ...whole, roots: main.roots, isMarked: true };
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
