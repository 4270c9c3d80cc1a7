import { defaultTreeAdapter } from 'parse5';
import type { BlockKind } from '../ingest-types.ts';
import { type BlockBuilder, collapse, DETAILS_LEVEL } from './block-builder.ts';
import {
  attribute,
  BLOCK_ELEMENTS,
  type HtmlElement,
  type HtmlNode,
  isElement,
  isUnread,
  textOf,
} from './html-elements.ts';
import { isDataTable, tableGrid } from './html-table.ts';
import { addTable } from './table-rows.ts';

export type ProseKind = Exclude<BlockKind, 'heading' | 'table_row' | 'code'>;

export interface WalkerOptions {
  /** Ids of elements that are hidden until a button shows them. */
  shownIds: ReadonlySet<string>;
  /** What text outside lists and quotes is. */
  kind: ProseKind;
  /** False for a piece of HTML that leaves its <details> open. */
  closesDetails: boolean;
}

interface Frame {
  element: HtmlElement;
  next: number;
}

/** Adds the blocks of HTML subtrees to a builder. Holds its own stack: pages may nest as deep as they like. */
export class HtmlWalker {
  readonly #builder: BlockBuilder;
  readonly #shownIds: ReadonlySet<string>;
  readonly #closesDetails: boolean;
  readonly #kinds: ProseKind[];
  #line: string[] = [];
  /** Those of the open line: their place is behind it. */
  #pictures: HtmlElement[] = [];
  /** What goes before the next line: a list number, or the term that a <dd> explains. */
  #lead = '';
  #terms: string[] = [];

  constructor(builder: BlockBuilder, { shownIds, kind, closesDetails }: WalkerOptions) {
    this.#builder = builder;
    this.#shownIds = shownIds;
    this.#closesDetails = closesDetails;
    this.#kinds = [kind];
  }

  /** `isContent`: the subtree is main content, in which <header> and <aside> are read. */
  walk(root: HtmlElement, isContent: boolean): void {
    const stack: Frame[] = [{ element: root, next: 0 }];
    let contentDepth = isContent ? 1 : Infinity;
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      const child = frame.element.childNodes[frame.next];
      frame.next += 1;
      if (child === undefined) {
        this.#leave(frame.element);
        stack.pop();
        if (stack.length < contentDepth && !isContent) contentDepth = Infinity;
        continue;
      }
      if (!this.#enter(child, stack.length >= contentDepth)) continue;
      stack.push({ element: child as HtmlElement, next: 0 });
      if (/^(?:article|main)$/.test((child as HtmlElement).tagName))
        contentDepth = Math.min(contentDepth, stack.length);
    }
    this.#flush();
  }

  /** True when the walk goes on into the node. */
  #enter(node: HtmlNode, isInContent: boolean): boolean {
    if (defaultTreeAdapter.isTextNode(node)) this.#line.push(node.value);
    if (!isElement(node) || isUnread(node, isInContent, this.#shownIds)) return false;
    if (node.tagName === 'br' || node.tagName === 'img') {
      this.#line.push(node.tagName === 'br' ? ' ' : (attribute(node, 'alt') ?? ''));
      if (node.tagName === 'img') this.#pictures.push(node);
      return false;
    }
    if (!BLOCK_ELEMENTS.has(node.tagName)) return true;
    this.#flush();
    if (this.#addWhole(node)) return false;
    this.#open(node);
    return true;
  }

  /** Elements that become blocks of their own, read as a whole. */
  #addWhole(element: HtmlElement): boolean {
    const text = (keepsLines = false) => textOf(element, this.#shownIds, keepsLines);
    const heading = /^h([1-6])$/.exec(element.tagName);
    if (heading) this.#builder.addHeading(Number(heading[1]), text());
    else if (element.tagName === 'summary') this.#builder.addHeading(DETAILS_LEVEL, text());
    else if (element.tagName === 'pre') this.#builder.add('code', text(true));
    else if (element.tagName === 'dt') this.#terms.push(collapse(text()));
    else if (element.tagName === 'table' && isDataTable(element)) this.#addTable(element);
    else return false;
    this.#pictures.push(...picturesIn(element));
    this.#placePictures();
    return true;
  }

  #placePictures(): void {
    for (const picture of this.#pictures.splice(0)) {
      const address = attribute(picture, 'src') ?? '';
      if (address !== '')
        this.#builder.addPicture({ alt: collapse(attribute(picture, 'alt') ?? ''), address });
    }
  }

  #addTable(table: HtmlElement): void {
    const grid = tableGrid(table, this.#shownIds);
    this.#builder.add('paragraph', grid.caption);
    addTable(this.#builder, grid);
  }

  #open(element: HtmlElement): void {
    if (element.tagName === 'blockquote') this.#kinds.push('quote');
    if (element.tagName === 'li') {
      this.#kinds.push('list_item');
      this.#lead = listNumber(element);
    }
    if (element.tagName === 'dd') {
      this.#kinds.push('list_item');
      this.#lead = termLead(this.#terms);
      this.#terms = [];
    }
  }

  #leave(element: HtmlElement): void {
    if (!BLOCK_ELEMENTS.has(element.tagName)) return;
    this.#flush();
    if (/^(?:li|dd|blockquote)$/.test(element.tagName) && this.#kinds.length > 1) this.#kinds.pop();
    if (/^(?:li|dd)$/.test(element.tagName)) this.#addLonelyLead(element);
    if (element.tagName === 'details' && this.#closesDetails) this.#builder.closeHeading(DETAILS_LEVEL);
    if (element.tagName !== 'dl') return;
    for (const term of this.#terms) this.#builder.add('list_item', term);
    this.#terms = [];
  }

  /** A term whose explanation had no line of its own must not be lost; a list number may. */
  #addLonelyLead(element: HtmlElement): void {
    if (element.tagName === 'dd') this.#builder.add('list_item', this.#lead);
    this.#lead = '';
  }

  #flush(): void {
    const text = collapse(this.#line.join(''));
    this.#line = [];
    if (text !== '') {
      this.#builder.add(this.#kinds.at(-1) ?? 'paragraph', this.#lead + text);
      this.#lead = '';
    }
    this.#placePictures();
  }
}

/** Of a table or heading, which is read as a whole. */
function picturesIn(root: HtmlElement): HtmlElement[] {
  const found: HtmlElement[] = [];
  const pending: HtmlNode[] = root.childNodes.toReversed();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (!isElement(node)) continue;
    if (node.tagName === 'img') found.push(node);
    for (let at = node.childNodes.length - 1; at >= 0; at -= 1) pending.push(node.childNodes[at]!);
  }
  return found;
}

/** '3. ' for the third item of an ordered list, '' elsewhere. Counts once a list, not once an item. */
const numbers = new WeakMap<HtmlElement, number>();

function listNumber(item: HtmlElement): string {
  const list = item.parentNode;
  if (!list || !isElement(list) || list.tagName !== 'ol') return '';
  const given = Number.parseInt(attribute(item, 'value') ?? '', 10);
  const first = Number.parseInt(attribute(list, 'start') ?? '', 10);
  const next = (numbers.get(list) ?? (Number.isNaN(first) ? 1 : first) - 1) + 1;
  const number = Number.isNaN(given) ? next : given;
  numbers.set(list, number);
  return `${number}. `;
}

function termLead(terms: readonly string[]): string {
  const term = terms.filter((one) => one !== '').join(' / ');
  if (term === '') return '';
  return /[?!.:…]["'”’)]*$/.test(term) ? `${term} ` : `${term}: `;
}
