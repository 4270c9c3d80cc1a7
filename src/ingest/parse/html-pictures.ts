import { defaultTreeAdapter, html } from 'parse5';
import { pictureParagraphs } from './add-picture-text.ts';
import { attribute, isElement, isUnread, type HtmlElement, type HtmlNode } from './html-elements.ts';
import type { ParseContext } from './parse-context.ts';
import { PICTURE_BYTES, type PictureReading } from './picture-reading.ts';

/** A picture that a page shows and that is at hand. */
export interface HtmlPicture {
  /** About as many as it has. */
  size: number;
  bytes: () => Uint8Array;
}

/** Null: there is none, or it lies elsewhere; nothing is ever fetched. */
export type FindPicture = (address: string) => HtmlPicture | null;

/** In these a picture is a logo or a sign beside the words. */
const WORDS_ALONE = /^(?:h[1-6]|summary|dt|pre)$/;

export interface PictureTools {
  context: ParseContext;
  reading: PictureReading;
  find: FindPicture;
}

/** Counts the pictures of a document over all its pages. */
export interface PictureCount {
  pictures: number;
}

/**
 * Reads the pictures in these subtrees, and puts their texts behind them as paragraphs: between the alternative text,
 * which the walker reads, and a caption.
 */
export async function addHtmlPictures(
  roots: readonly HtmlElement[],
  { isContent, shownIds }: { isContent: boolean; shownIds: ReadonlySet<string> },
  { context, reading, find }: PictureTools,
  count: PictureCount = { pictures: 0 },
): Promise<void> {
  for (const image of roots.flatMap((root) => imagesOf(root, isContent, shownIds))) {
    const picture = find(attribute(image, 'src') ?? '');
    if (!picture) continue;
    count.pictures += 1;
    if (picture.size < PICTURE_BYTES) continue;
    if (context.pictures) context.keepPicture(picture.bytes());
    putBehind(image, pictureParagraphs(await reading.read(count.pictures, picture.bytes)));
  }
}

/** In page order, without those that no reader of the page sees. */
function imagesOf(root: HtmlElement, isContent: boolean, shownIds: ReadonlySet<string>): HtmlElement[] {
  const images: HtmlElement[] = [];
  const pending: HtmlNode[] = root.childNodes.toReversed();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (!isElement(node) || WORDS_ALONE.test(node.tagName) || isUnread(node, isContent, shownIds)) continue;
    if (node.tagName === 'img') images.push(node);
    for (let index = node.childNodes.length - 1; index >= 0; index -= 1)
      pending.push(node.childNodes[index]!);
  }
  return images;
}

function putBehind(image: HtmlElement, paragraphs: readonly string[]): void {
  const parent = image.parentNode;
  if (!parent || paragraphs.length === 0) return;
  const next = parent.childNodes[parent.childNodes.indexOf(image) + 1];
  for (const text of paragraphs) {
    const paragraph = defaultTreeAdapter.createElement('p', html.NS.HTML, []);
    defaultTreeAdapter.insertText(paragraph, text);
    if (next) defaultTreeAdapter.insertBefore(parent, paragraph, next);
    else defaultTreeAdapter.appendChild(parent, paragraph);
  }
}

const DATA = /^data:image\/(?:png|jpe?g|gif|bmp|webp|tiff?)(?:;[^;,]*)*;base64,/i;

/** A picture that is written into the page itself; any other is somewhere else. */
export function embeddedPicture(address: string): HtmlPicture | null {
  const head = DATA.exec(address.slice(0, 200))?.[0];
  if (head === undefined) return null;
  return {
    size: Math.floor(((address.length - head.length) * 3) / 4),
    bytes: () => Buffer.from(address.slice(head.length), 'base64'),
  };
}
