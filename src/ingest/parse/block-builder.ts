import { normalizeText } from '../../text/normalize-text.ts';
import type { Block, BlockKind, PageStart } from '../ingest-types.ts';

/** Longest title in characters; the rest of a longer one stays in its heading. */
const TITLE_CHARACTERS = 200;

/** Level of headings that belong to one <details>: below every h1…h6. */
export const DETAILS_LEVEL = 7;

interface Piece {
  kind: BlockKind;
  text: string;
  /** 1…7 for a heading, 0 for everything else. */
  level: number;
  /** Pages that begin in this piece, by their place in its text. */
  pages: PageStart[];
}

/** Its bytes, or the address that the document gives of it. */
export type FoundPicture = { alt: string } & ({ bytes: Uint8Array } | { address: string });

export type PlacedPicture = FoundPicture & {
  /** Null where the format has no pages. */
  page: number | null;
  /** The end of the block before it; '' at the beginning. */
  before: string;
  /** The headings between which it stands; '' where there is none. */
  heading: string;
  nextHeading: string;
};

/** Characters of `PlacedPicture.before`. */
const BEFORE_CHARACTERS = 120;

/** Collects the blocks of a document in reading order and joins them into its plain text. */
export class BlockBuilder {
  readonly #pieces: Piece[] = [];
  #firstTopHeading: string | null = null;
  /** Pages that begin with the next piece. */
  #nextPages: PageStart[] = [];
  #lastPage = 0;
  /** `after`: so many pieces stand before it. */
  readonly #pictures: { picture: FoundPicture; page: number | null; after: number }[] = [];

  /** Whatever is added from now on stands on this page, counted from 1. */
  startPage(page: number): void {
    this.#nextPages = page === this.#lastPage ? [] : [{ page, start: 0 }];
  }

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  /** Adds a block; one without visible text is left out. Code keeps its line breaks and indentation. */
  add(kind: Exclude<BlockKind, 'heading'>, text: string): void {
    const clean = kind === 'code' ? cleanCode(text) : collapse(text);
    if (clean !== '') this.#push(kind, clean, 0);
  }

  /** Adds one block whose text goes over the end of pages; a word that a hyphen cut is whole again. */
  addAcrossPages(kind: 'paragraph' | 'list_item', parts: readonly { page: number; text: string }[]): void {
    let text = '';
    const pages: PageStart[] = [];
    for (const part of parts) {
      const clean = collapse(part.text);
      if (clean === '') continue;
      const isCut = /\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(clean);
      if (text !== '') text = isCut ? text.slice(0, -1) : `${text} `;
      if (pages.at(-1)?.page !== part.page) pages.push({ page: part.page, start: text.length });
      text += clean;
    }
    if (text === '') return;
    const [first, ...later] = pages;
    if (first) this.startPage(first.page);
    this.#push(kind, text, 0, later);
  }

  /** A picture that stands after what was added so far. */
  addPicture(picture: FoundPicture): void {
    const page = this.#nextPages.at(-1)?.page ?? this.#lastPage;
    this.#pictures.push({ picture, page: page === 0 ? null : page, after: this.#pieces.length });
  }

  get pictures(): PlacedPicture[] {
    const isHeading = ({ level, text }: Piece): boolean => level > 0 && text !== '';
    return this.#pictures.map(({ picture, page, after }) => {
      const [above, below] = [this.#pieces.slice(0, after), this.#pieces.slice(after)];
      return {
        ...picture,
        page,
        before: above.findLast(({ text }) => text !== '')?.text.slice(-BEFORE_CHARACTERS) ?? '',
        heading: above.findLast(isHeading)?.text ?? '',
        nextHeading: below.find(isHeading)?.text ?? '',
      };
    });
  }

  addHeading(level: number, text: string): void {
    const clean = collapse(text);
    if (clean === '') return;
    if (level === 1) this.#firstTopHeading ??= clean;
    this.#push('heading', clean, level);
  }

  /** Ends the headings of this level and below: what follows is no longer about them. */
  closeHeading(level: number): void {
    this.#pieces.push({ kind: 'heading', text: '', level, pages: [] });
  }

  #push(kind: BlockKind, text: string, level: number, later: readonly PageStart[] = []): void {
    const pages = [...this.#nextPages, ...later];
    this.#nextPages = [];
    this.#lastPage = pages.at(-1)?.page ?? this.#lastPage;
    this.#pieces.push({ kind, text, level, pages });
  }

  /** The first heading of level 1, the usual title. */
  get firstTopHeading(): string | null {
    return this.#firstTopHeading;
  }

  /** text.slice(block.start, block.end) is each block's text; the first heading that equals the title is in no path. */
  build(title: string): { text: string; blocks: Block[]; pages: PageStart[] } {
    const path = new HeadingPath(title);
    const blocks: Block[] = [];
    const pages: PageStart[] = [];
    const parts: string[] = [];
    let length = 0;
    for (const { kind, text, level, pages: begun } of this.#pieces) {
      if (level > 0) path.close(level);
      if (text === '') continue;
      const separator = separatorBetween(blocks.at(-1)?.kind, kind);
      const start = length + separator.length;
      parts.push(separator, text);
      for (const { page, start: within } of begun) pages.push({ page, start: start + within });
      length = start + text.length;
      blocks.push({ kind, start, end: length, headings: path.current });
      if (level > 0) path.open(level, text);
    }
    return { text: parts.join(''), blocks, pages };
  }
}

/** The headings that are open; the same array object for all blocks under the same headings. */
class HeadingPath {
  readonly #title: string;
  #isTitleSeen = false;
  #open: { level: number; text: string }[] = [];
  current: readonly string[] = [];

  constructor(title: string) {
    this.#title = title.toLowerCase();
  }

  close(level: number): void {
    const kept = this.#open.filter((heading) => heading.level < level);
    if (kept.length === this.#open.length) return;
    this.#open = kept;
    this.current = kept.map((heading) => heading.text);
  }

  open(level: number, text: string): void {
    if (!this.#isTitleSeen && cutTitle(text).toLowerCase() === this.#title) {
      this.#isTitleSeen = true;
      return;
    }
    this.#open.push({ level, text });
    this.current = this.#open.map((heading) => heading.text);
  }
}

function separatorBetween(before: BlockKind | undefined, kind: BlockKind): '' | '\n' | '\n\n' {
  if (before === undefined) return '';
  return before === kind && (kind === 'list_item' || kind === 'table_row') ? '\n' : '\n\n';
}

export function collapse(text: string): string {
  return normalizeText(text).replace(/\s+/g, ' ').trim();
}

/** A title on one line, cut at a word so that it stays a line. */
export function cutTitle(text: string): string {
  const clean = collapse(text);
  if (clean.length <= TITLE_CHARACTERS) return clean;
  const cut = clean.slice(0, TITLE_CHARACTERS);
  const space = cut.lastIndexOf(' ');
  return (space > TITLE_CHARACTERS / 2 ? cut.slice(0, space) : cut).replace(/[\ud800-\udbff]$/, '');
}

/** Blank lines inside code become single line breaks, so that '\n\n' always parts two blocks. */
function cleanCode(text: string): string {
  return normalizeText(text)
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{2,}/g, '\n')
    .replace(/^\n+|\n+$/g, '');
}
