import iconv from 'iconv-lite';
import { AnswerboxError } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import { BlockBuilder } from './block-builder.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import type { Parsed } from './parsed.ts';
import { addTable } from './table-rows.ts';
import { splitSheet } from './add-records.ts';

/** Groups that hold no text of the document (RTF 1.9.1, destinations). */
const UNREAD =
  /^(?:fonttbl|colortbl|stylesheet|info|pict|object|header[lrf]?|footer[lrf]?|ftnsep\w*|themedata|datastore|listtable|listoverridetable|rsidtbl|generator|xmlnstbl|latentstyles|fldinst|bkmkstart|bkmkend)$/;
const TOKEN = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([\da-f]{2})|\\([^a-z'])|([{}])|([^\\{}\r\n]+)/gi;
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['emdash', '—'],
  ['endash', '–'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['bullet', '•'],
  ['tab', '\t'],
]);

interface Group {
  isUnread: boolean;
  /** Letters that stand for the last \u in programs without Unicode. */
  skip: number;
}

/** Rich Text Format: paragraphs, headings by outline level, rows of tables. */
export async function parseRtf(file: SourceFile): Promise<Parsed> {
  const reader = new RtfReader(file.source);
  reader.read(Buffer.from(file.bytes).toString('latin1'));
  return { builder: reader.builder, title: reader.builder.firstTopHeading };
}

class RtfReader {
  readonly builder = new BlockBuilder();
  readonly #source: string;
  readonly #groups: Group[] = [{ isUnread: false, skip: 1 }];
  #codePage = 'windows-1252';
  #line = '';
  #pending = 0;
  #outline: number | null = null;
  #isList = false;
  #row: string[] = [];
  #rows: string[][] = [];

  constructor(source: string) {
    this.#source = source;
  }

  read(text: string): void {
    for (const [, word, number, hex, sign, brace, plain] of text.matchAll(TOKEN)) {
      if (brace !== undefined) this.#brace(brace);
      else if (word !== undefined) this.#word(word, number === undefined ? null : Number(number));
      else if (hex !== undefined) this.#add(iconv.decode(Buffer.from(hex, 'hex'), this.#codePage), 1);
      else if (sign !== undefined) this.#sign(sign);
      else if (plain !== undefined) this.#add(plain, 0);
    }
    this.#endLine();
    this.#endTable();
  }

  get #group(): Group {
    return this.#groups.at(-1)!;
  }

  #brace(brace: string): void {
    if (brace === '{') this.#groups.push({ ...this.#group });
    else if (this.#groups.length > 1) this.#groups.pop();
    if (this.#groups.length > PARSE_LIMITS.depth * 5)
      throw new AnswerboxError('document_nesting', {
        source: this.#source,
        what: 'groups',
        limit: PARSE_LIMITS.depth * 5,
      });
  }

  #sign(sign: string): void {
    if (sign === '*') this.#group.isUnread = true;
    else if (sign === '~') this.#add(' ', 0);
    else if (sign === '_') this.#add('-', 0);
    else if (/[\\{}]/.test(sign)) this.#add(sign, 0);
  }

  #word(word: string, number: number | null): void {
    if (UNREAD.test(word)) this.#group.isUnread = true;
    if (this.#group.isUnread) return;
    switch (word) {
      case 'ansicpg':
        if (iconv.encodingExists(`cp${number}`)) this.#codePage = `cp${number}`;
        return;
      case 'uc':
        this.#group.skip = Math.min(Math.max(number ?? 1, 0), 16);
        return;
      case 'u':
        this.#line += String.fromCharCode(((number ?? 63) + 65_536) % 65_536);
        this.#pending = this.#group.skip;
        return;
      case 'par':
      case 'line':
      case 'sect':
      case 'page':
        return this.#endLine();
      case 'pard':
        this.#outline = null;
        this.#isList = false;
        return;
      case 'outlinelevel':
        this.#outline = number;
        return;
      case 'ls':
        this.#isList = true;
        return;
      case 'cell':
        this.#row.push(this.#line.trim());
        this.#line = '';
        return;
      case 'row':
        this.#rows.push(this.#row);
        this.#row = [];
        return;
      default:
        this.#line += SIGNS.get(word) ?? '';
    }
  }

  /** @param width how many of the letters that stand for a \u this one is */
  #add(text: string, width: number): void {
    if (this.#group.isUnread) return;
    let from = 0;
    if (this.#pending > 0) {
      from = width === 1 ? text.length : Math.min(this.#pending, text.length);
      this.#pending -= width === 1 ? 1 : from;
    }
    this.#line += text.slice(from);
  }

  #endLine(): void {
    const text = this.#line;
    this.#line = '';
    if (text.trim() === '') return;
    this.#endTable();
    if (this.#outline !== null && this.#outline < 6) this.builder.addHeading(this.#outline + 1, text);
    else this.builder.add(this.#isList ? 'list_item' : 'paragraph', text.replace(/^\s*[•·]\s*/, ''));
  }

  #endTable(): void {
    if (this.#rows.length === 0) return;
    const { above, grid } = splitSheet(this.#rows, true);
    this.#rows = [];
    for (const line of above) this.builder.add('paragraph', line);
    addTable(this.builder, grid);
  }
}
