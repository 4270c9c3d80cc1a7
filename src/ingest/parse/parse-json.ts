import { AnswerboxError, reasonOf } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import { addRecords } from './add-records.ts';
import { BlockBuilder } from './block-builder.ts';
import { overLimit } from './parse-context.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import type { Parsed } from './parsed.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Names whose value is what a record is called, best first. */
const NAMES = /^(?:title|question|heading|name|subject|headline|label)$/i;
/** A longer value is a text of its own and not a cell. */
const CELL_CHARACTERS = 200;

/** JSON as blocks: lists of flat objects as tables, the rest under the names that lead to it. */
export function parseJson(text: string, file: SourceFile): Parsed {
  checkDepth(text, file.source);
  try {
    return build(JSON.parse(text), file.source);
  } catch (error) {
    if (error instanceof AnswerboxError) throw error;
    const reason = reasonOf(error).slice(0, 120);
    throw new AnswerboxError('document_damaged', { source: file.source, format: 'JSON', reason }, error);
  }
}

/** One value a line; a line that is none is kept as it stands. */
export function parseJsonLines(text: string, file: SourceFile): Parsed {
  const values: unknown[] = [];
  for (const line of text.split(/\r\n?|\n/)) {
    if (line.trim() === '') continue;
    if (values.length >= PARSE_LIMITS.rows)
      throw overLimit(file.source, 'records', values.length + 1, PARSE_LIMITS.rows);
    checkDepth(line, file.source);
    try {
      values.push(JSON.parse(line));
    } catch {
      values.push(line);
    }
  }
  return build(values, file.source);
}

/** Before it is parsed: walking a hundred thousand lists in one another would end the stack. */
function checkDepth(text: string, source: string): void {
  let depth = 0;
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/gs)) {
    if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth > PARSE_LIMITS.depth)
      throw new AnswerboxError('document_nesting', { source, what: 'JSON', limit: PARSE_LIMITS.depth });
  }
}

function build(value: unknown, source: string): Parsed {
  const builder = new BlockBuilder();
  const title = isFields(value) ? nameOf(value) : null;
  addValue(builder, value, 1, source);
  return { builder, title };
}

function addValue(builder: BlockBuilder, value: unknown, level: number, source: string): void {
  if (Array.isArray(value)) addList(builder, value, level, source);
  else if (isFields(value)) addFields(builder, value, level, source);
  else for (const part of plain(value).split(/\n{2,}/)) builder.add('paragraph', part);
}

function addList(builder: BlockBuilder, list: readonly unknown[], level: number, source: string): void {
  if (list.length > PARSE_LIMITS.rows) throw overLimit(source, 'records', list.length, PARSE_LIMITS.rows);
  const records = list.filter(isFields);
  if (records.length === list.length && records.every(isFlat)) return addFlat(builder, records, source);
  for (const item of list) {
    if (!isFields(item) && !Array.isArray(item)) builder.add('list_item', plain(item));
    else if (isFields(item)) addRecord(builder, item, level, source);
    else addValue(builder, item, level + 1, source);
  }
}

function addFlat(builder: BlockBuilder, records: readonly Fields[], source: string): void {
  const header = [...new Set(records.slice(0, 1000).flatMap((record) => Object.keys(record)))];
  addRecords(
    builder,
    { header, rows: records.map((record) => header.map((name) => plain(record[name]))) },
    source,
  );
}

/** A record with texts of its own: a section under its name. */
function addRecord(builder: BlockBuilder, record: Fields, level: number, source: string): void {
  const name = nameOf(record);
  if (name !== null) builder.addHeading(Math.min(level + 1, 6), name);
  addFields(builder, record, level + 1, source, name);
}

function addFields(
  builder: BlockBuilder,
  fields: Fields,
  level: number,
  source: string,
  known = nameOf(fields),
): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === known && NAMES.test(name)) continue;
    if (Array.isArray(value) || isFields(value)) {
      builder.addHeading(Math.min(level + 1, 6), spoken(name));
      addValue(builder, value, level + 1, source);
      builder.closeHeading(Math.min(level + 1, 6));
      continue;
    }
    const text = plain(value);
    if (text === '') continue;
    if (/^(?:text|body|content|answer|description)$/i.test(name)) addValue(builder, text, level, source);
    else builder.add('list_item', `${spoken(name)}: ${text}`);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFlat(record: Fields): boolean {
  return Object.values(record).every(
    (value) => typeof value !== 'object' && plain(value).length <= CELL_CHARACTERS,
  );
}

function nameOf(fields: Fields): string | null {
  const found = Object.entries(fields).find(
    ([name, value]) => NAMES.test(name) && typeof value === 'string' && value.length <= CELL_CHARACTERS,
  );
  return (found?.[1] as string | undefined) ?? null;
}

/** 'deliveryTime' and 'delivery_time' → 'delivery time'. */
function spoken(name: string): string {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .slice(0, 200);
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
