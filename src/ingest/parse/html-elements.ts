import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html } from 'parse5';

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlParent = DefaultTreeAdapterTypes.ParentNode;

const tags = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Never read, wherever they stand. */
const UNREAD = tags(`
  head script style noscript template nav svg math canvas iframe object embed audio video map dialog menu
  input select textarea datalist option optgroup output progress meter button label legend`);
/** Page furniture around the content; inside main content they belong to it. */
const FURNITURE = tags('header footer aside');
const UNREAD_ROLES = tags(
  'navigation banner contentinfo search dialog alertdialog complementary menu menubar',
);
/** Elements that begin and end a line of their own. */
export const BLOCK_ELEMENTS = tags(`
  address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul
  caption search`);
/** In these a button or label is the visible text of a question that opens, not a control. */
const TITLED_BY_CONTROLS = tags('h1 h2 h3 h4 h5 h6 summary dt');

export function isElement(node: HtmlNode | HtmlParent): node is HtmlElement {
  return 'tagName' in node;
}

export function attribute(element: HtmlElement, name: string): string | null {
  return element.attrs.find((attr) => attr.name === name)?.value ?? null;
}

/** Says whether an element is no part of the text that a reader of the page takes in. */
export function isUnread(element: HtmlElement, isInContent: boolean, shownIds: ReadonlySet<string>): boolean {
  if (element.namespaceURI !== html.NS.HTML || UNREAD.has(element.tagName)) return true;
  if (!isInContent && FURNITURE.has(element.tagName)) return true;
  if (UNREAD_ROLES.has(attribute(element, 'role') ?? '')) return true;
  return isHidden(element, shownIds);
}

/** An accordion's panel is hidden only until its button is pressed, so it counts as shown. */
export function isHidden(element: HtmlElement, shownIds: ReadonlySet<string>): boolean {
  if (element.attrs.length === 0) return false;
  const hidden = attribute(element, 'hidden');
  const style = attribute(element, 'style') ?? '';
  const isOff =
    (hidden !== null && hidden !== 'until-found') ||
    /\b(?:display:\s*none|visibility:\s*hidden)/i.test(style);
  if (isOff || attribute(element, 'aria-hidden') === 'true')
    return !shownIds.has(attribute(element, 'id') ?? '');
  return false;
}

/** The text of a whole subtree on one line; buttons and labels are read where they are a title. */
export function textOf(root: HtmlElement, shownIds: ReadonlySet<string>, keepsLines = false): string {
  const parts: string[] = [];
  const readsControls = TITLED_BY_CONTROLS.has(root.tagName);
  const pending: (HtmlNode | string)[] = root.childNodes.toReversed();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (typeof node === 'string') parts.push(node);
    else if (defaultTreeAdapter.isTextNode(node)) parts.push(node.value);
    else if (isElement(node)) pushElement(node);
  }
  return parts.join('');

  function pushElement(element: HtmlElement): void {
    const lineBreak = keepsLines ? '\n' : ' ';
    if (element.tagName === 'br') return void parts.push(lineBreak);
    if (element.tagName === 'img') return void parts.push(attribute(element, 'alt') ?? '');
    const isTitle =
      readsControls && /^(?:button|label)$/.test(element.tagName) && !isHidden(element, shownIds);
    if (!isTitle && isUnread(element, true, shownIds)) return;
    const isBlock = BLOCK_ELEMENTS.has(element.tagName);
    if (isBlock) parts.push(lineBreak);
    if (isBlock) pending.push(lineBreak);
    for (let index = element.childNodes.length - 1; index >= 0; index -= 1)
      pending.push(element.childNodes[index]!);
  }
}
