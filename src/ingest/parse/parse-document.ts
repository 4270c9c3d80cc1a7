import type { ParsedDocument, SourceFile } from '../ingest-types.ts';
import { buildDocument } from './build-document.ts';
import { decodeBytes } from './decode-bytes.ts';
import { parseCsv } from './parse-csv.ts';
import { parseHtml } from './parse-html.ts';
import { parseJson, parseJsonLines } from './parse-json.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { parseText } from './parse-text.ts';
import type { Parsed } from './parsed.ts';
import { detectTextFormat, type TextFormat } from './text-format.ts';

const PARSERS: Record<TextFormat, (text: string, file: SourceFile) => Parsed> = {
  'text/markdown': parseMarkdown,
  'text/html': parseHtml,
  'text/plain': parseText,
  'text/csv': parseCsv,
  'text/tab-separated-values': parseCsv,
  'application/json': parseJson,
  'application/x-ndjson': parseJsonLines,
};

/**
 * A file of text as a document, in this process; files of any format go through parseFile.
 * @throws document_binary, document_encoding, document_empty, document_over_limit, document_nesting
 */
export function parseDocument(file: SourceFile): ParsedDocument {
  const { mediaType, parsed } = readTextFile(file);
  return buildDocument(file, mediaType, parsed);
}

/** @throws document_binary, document_encoding, document_over_limit, document_nesting */
export function readTextFile(file: SourceFile): { mediaType: TextFormat; parsed: Parsed } {
  const text = decodeBytes(file.bytes, file.source);
  const mediaType = detectTextFormat(file, text);
  return { mediaType, parsed: PARSERS[mediaType](text, file) };
}

/** The same of a text whose format is known. */
export function parseDecoded(file: SourceFile, text: string, format: TextFormat): ParsedDocument {
  return buildDocument(file, format, PARSERS[format](text, file));
}
