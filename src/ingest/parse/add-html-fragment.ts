import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { type BlockBuilder, DETAILS_LEVEL } from './block-builder.ts';
import { HtmlWalker, type ProseKind } from './html-walker.ts';
import { limitDepth } from './limit-depth.ts';

/** Adds the blocks of a piece of HTML inside another format; comments and scripts are left out. */
export function addHtmlFragment(builder: BlockBuilder, markup: string, kind: ProseKind): void {
  if (/^\s*<!--(?:(?!-->)[\s\S])*-->\s*$/.test(markup)) return;
  // Markdown cuts <details> at blank lines, so that its end comes in a later piece than its begin.
  const closesDetails = /<\/details\b/i.test(markup);
  if (closesDetails && !/<details\b/i.test(markup)) builder.closeHeading(DETAILS_LEVEL);
  const fragment = parseFragment(limitDepth(markup));
  const root = { ...fragment, tagName: 'div', attrs: [] } as unknown as DefaultTreeAdapterTypes.Element;
  new HtmlWalker(builder, { shownIds: new Set(), kind, closesDetails }).walk(root, true);
}
