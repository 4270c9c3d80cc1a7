import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import type { BlockKind } from '../ingest-types.ts';
import { addHtmlFragment } from './add-html-fragment.ts';
import { BlockBuilder } from './block-builder.ts';
import { readFrontMatter } from './front-matter.ts';
import { inlineText } from './inline-text.ts';
import type { Parsed } from './parse-document.ts';
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
  const { body, title, scope } = readFrontMatter(text);
  const builder = new BlockBuilder();
  try {
    const lexer = new Lexer();
    const tokens = lexer.blockTokens(
      body.replace(DEEP_MARKS, '').replace(DEEP_INDENT, ' '.repeat(40)),
      lexer.tokens,
    );
    // As prototype the link definitions are found but not listed: the lexer lists them for every block.
    lexer.tokens.links = Object.create(lexer.tokens.links) as typeof lexer.tokens.links;
    new TokenWalker(lexer, builder).walk(tokens, { kind: 'paragraph', marker: '' });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ...parseText(body), scope };
  }
  return { builder, title: title ?? builder.firstTopHeading, scope };
}

class TokenWalker {
  readonly #lexer: Lexer;
  readonly #builder: BlockBuilder;

  constructor(lexer: Lexer, builder: BlockBuilder) {
    this.#lexer = lexer;
    this.#builder = builder;
  }

  walk(tokens: readonly Token[], place: Place): void {
    for (const token of tokens as MarkedToken[]) this.#addToken(token, place);
  }

  #addToken(token: MarkedToken, place: Place): void {
    switch (token.type) {
      case 'heading':
        return this.#builder.addHeading(token.depth, inlineText(this.#lexer, token.text));
      case 'paragraph':
      case 'text':
        return this.#addProse(inlineText(this.#lexer, token.text), place);
      case 'code':
        return this.#builder.add('code', token.text);
      case 'blockquote':
        return this.walk(token.tokens, { kind: 'quote', marker: '' });
      case 'list':
        return this.#addList(token);
      case 'table':
        return this.#addTable(token);
      case 'html':
        return addHtmlFragment(this.#builder, token.text, place.kind);
      default:
        // Space, rules and link definitions hold no text; inline tokens do not come up here.
        return;
    }
  }

  #addProse(text: string, place: Place): void {
    if (text.trim() === '') return;
    this.#builder.add(place.kind, place.marker + text);
    place.marker = '';
  }

  #addList(list: Tokens.List): void {
    list.items.forEach((item, index) => {
      const marker = list.ordered ? `${Number(list.start) + index}. ` : '';
      this.walk(item.tokens, { kind: 'list_item', marker });
    });
  }

  #addTable(table: Tokens.Table): void {
    const cellText = (cell: Tokens.TableCell) => inlineText(this.#lexer, cell.text);
    addTable(this.#builder, {
      header: table.header.map(cellText),
      rows: table.rows.map((row) => row.map(cellText)),
    });
  }
}
