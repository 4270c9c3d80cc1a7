import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import type { BlockKind } from '../ingest-types.ts';
import { addHtmlFragment } from './add-html-fragment.ts';
import { BlockBuilder } from './block-builder.ts';
import { readFrontMatter } from './front-matter.ts';
import { inlineText } from './inline-text.ts';
import type { Parsed } from './parsed.ts';
import { parseText } from './parse-text.ts';
import { addTable } from './table-rows.ts';

type ProseKind = Exclude<BlockKind, 'heading' | 'table_row' | 'code'>;

/** What a block stands in: its kind, and a list number for the first block of an item. */
interface Place {
  kind: ProseKind;
  marker: string;
}

/** Twenty quote or list marks in one line are noise, and one stack frame each for the lexer. */
const DEEP_MARKS = /^[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*){20,}/gm;
const DEEP_INDENT = /^[ \t]{40,}/gm;

/** Markdown (GFM) as blocks. Links are their text, images their alternative text; HTML is read as HTML. */
export function parseMarkdown(source: string): Parsed {
  const text = source.replace(/\r\n?/g, '\n');
  const { body: whole, title, scope } = readFrontMatter(text);
  const { body, held } = takeOutPictures(whole);
  const builder = new BlockBuilder();
  try {
    const lexer = new Lexer();
    const tokens = lexer.blockTokens(
      body.replace(DEEP_MARKS, '').replace(DEEP_INDENT, ' '.repeat(40)),
      lexer.tokens,
    );
    // As prototype the link definitions are found but not listed: the lexer lists them for every block.
    lexer.tokens.links = Object.create(lexer.tokens.links) as typeof lexer.tokens.links;
    new TokenWalker(lexer, builder, held).walk(tokens, { kind: 'paragraph', marker: '' });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ...parseText(whole), scope };
  }
  return { builder, title: title ?? builder.firstTopHeading, scope };
}

/** Pictures written into the text are megabytes without a blank, which the lexer would take for words. */
function takeOutPictures(text: string): { body: string; held: ReadonlyMap<string, string> } {
  const held = new Map<string, string>();
  const body = text.replace(/data:image\/[a-z0-9.+-]{1,20};base64,[A-Za-z0-9+/=]+/g, (address) => {
    const name = `held-picture:${held.size}`;
    held.set(name, address);
    return name;
  });
  return { body, held };
}

class TokenWalker {
  readonly #lexer: Lexer;
  readonly #builder: BlockBuilder;
  readonly #held: ReadonlyMap<string, string>;
  /** Those of the block that is being read. */
  readonly #pictures: { alt: string; address: string }[] = [];

  constructor(lexer: Lexer, builder: BlockBuilder, held: ReadonlyMap<string, string>) {
    this.#lexer = lexer;
    this.#builder = builder;
    this.#held = held;
  }

  walk(tokens: readonly Token[], place: Place): void {
    for (const token of tokens as MarkedToken[]) this.#addToken(token, place);
  }

  #addToken(token: MarkedToken, place: Place): void {
    switch (token.type) {
      case 'heading':
        this.#builder.addHeading(token.depth, this.#inline(token.text));
        return this.#placePictures();
      case 'paragraph':
      case 'text':
        return this.#addProse(token.text, place);
      case 'code':
        return this.#builder.add('code', this.#withPictures(token.text));
      case 'blockquote':
        return this.walk(token.tokens, { kind: 'quote', marker: '' });
      case 'list':
        return this.#addList(token);
      case 'table':
        return this.#addTable(token);
      case 'html':
        return addHtmlFragment(this.#builder, this.#withPictures(token.text), place.kind);
      default:
        // Space, rules and link definitions hold no text; inline tokens do not come up here.
        return;
    }
  }

  #addProse(source: string, place: Place): void {
    const text = this.#inline(source);
    if (text.trim() !== '') {
      this.#builder.add(place.kind, place.marker + text);
      place.marker = '';
    }
    this.#placePictures();
  }

  /** The text of a block; its pictures wait until the block stands. */
  #inline(source: string): string {
    const text = inlineText(this.#lexer, source, (alt, address) =>
      this.#pictures.push({ alt, address: this.#withPictures(address) }),
    );
    return this.#withPictures(text);
  }

  #placePictures(): void {
    for (const picture of this.#pictures.splice(0)) this.#builder.addPicture(picture);
  }

  #withPictures(text: string): string {
    return text.replace(/held-picture:\d+/g, (name) => this.#held.get(name) ?? name);
  }

  #addList(list: Tokens.List): void {
    list.items.forEach((item, index) => {
      const marker = list.ordered ? `${Number(list.start) + index}. ` : '';
      this.walk(item.tokens, { kind: 'list_item', marker });
    });
  }

  #addTable(table: Tokens.Table): void {
    const cellText = (cell: Tokens.TableCell) => this.#inline(cell.text);
    addTable(this.#builder, {
      header: table.header.map(cellText),
      rows: table.rows.map((row) => row.map(cellText)),
    });
    this.#placePictures();
  }
}
