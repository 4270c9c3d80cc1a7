import type { SourceFile } from '../ingest-types.ts';

export type TextFormat =
  | 'text/markdown'
  | 'text/html'
  | 'text/plain'
  | 'text/csv'
  | 'text/tab-separated-values'
  | 'application/json'
  | 'application/x-ndjson';

/** Characters that are looked at. */
const HEAD = 65_536;

/** What begins like a page or parses like JSON is that; else the name decides, then the media type, then the look. */
export function detectTextFormat(file: Pick<SourceFile, 'name' | 'mediaType'>, text: string): TextFormat {
  const head = text.slice(0, HEAD);
  if (
    /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?(?:<!doctype\s+html|<html[\s>])/i.test(
      head.slice(0, 2048),
    )
  )
    return 'text/html';
  const extension = /\.([a-z]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? '';
  const given = file.mediaType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^(?:md|markdown)$/.test(extension)) return 'text/markdown';
  if (/^(?:txt|text)$/.test(extension)) return 'text/plain';
  if (/^(?:html?|xhtml)$/.test(extension)) return /<[a-z!/]/i.test(text) ? 'text/html' : 'text/plain';
  return byData(extension, given, text, head) ?? byLook(given, head);
}

function byData(extension: string, given: string, text: string, head: string): TextFormat | null {
  const isLines = /^(?:jsonl|ndjson)$/.test(extension) || /^application\/(?:x-ndjson|jsonl)$/.test(given);
  if (isLines || hasJsonLines(head)) return 'application/x-ndjson';
  const isNamedJson = extension === 'json' || given === 'application/json';
  if (isNamedJson ? /^\s*[[{"]/.test(head) : isJson(text)) return 'application/json';
  if (/^(?:tsv|tab)$/.test(extension) || given === 'text/tab-separated-values')
    return 'text/tab-separated-values';
  if (extension === 'csv' || given === 'text/csv') return 'text/csv';
  return delimiterOf(head) === '\t'
    ? 'text/tab-separated-values'
    : delimiterOf(head) !== null
      ? 'text/csv'
      : null;
}

function byLook(given: string, head: string): TextFormat {
  if (given === 'text/html' || given === 'application/xhtml+xml') return 'text/html';
  if (given === 'text/markdown' || /^(?:---\n|#{1,6} )|\n#{1,6} /.test(head.slice(0, 2048)))
    return 'text/markdown';
  return /<(?:body|main|article|h[1-6]|p|div)[\s>]/i.test(head.slice(0, 2048)) ? 'text/html' : 'text/plain';
}

/** Two lines at least, each an object. */
function hasJsonLines(head: string): boolean {
  if (!/^\s*\{/.test(head)) return false;
  const lines = head.split('\n').slice(0, head.length < HEAD ? undefined : -1);
  const filled = lines.map((line) => line.trim()).filter((line) => line !== '');
  return filled.length > 1 && filled.slice(0, 5).every((line) => line.startsWith('{') && isJson(line));
}

function isJson(text: string): boolean {
  if (!/^\s*[[{][\s\S]*[\]}]\s*$/.test(text.slice(0, 64) + text.slice(-64))) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The sign that parts the columns when every one of the first lines has it equally often; null for prose. */
export function delimiterOf(head: string): string | null {
  const lines = head
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 10);
  if (lines.length < 3) return null;
  for (const delimiter of ['\t', ';', ',', '|']) {
    const counts = lines.map((line) => line.replace(/"[^"]*"/g, '').split(delimiter).length - 1);
    if (counts[0]! > 0 && counts.every((count) => count === counts[0]) && isTerse(lines, delimiter))
      return delimiter;
  }
  return null;
}

/** Prose has commas, too, but with a space behind them; a Markdown table begins with its sign. */
function isTerse(lines: readonly string[], delimiter: string): boolean {
  if (delimiter === '|') return lines.every((line) => !/^\s*\|/.test(line));
  return delimiter !== ',' || lines.every((line) => !/, /.test(line.replace(/"[^"]*"/g, '')));
}
