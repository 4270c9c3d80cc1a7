import { AnswerboxError } from '../../errors.ts';
import type { GivenScope, MediaType, ParsedDocument, SourceFile } from '../ingest-types.ts';
import { type BlockBuilder, cutTitle } from './block-builder.ts';
import { decodeBytes } from './decode-bytes.ts';
import { parseHtml } from './parse-html.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { parseText } from './parse-text.ts';
import { titleFromName } from './title-from-name.ts';

/** What a format's parser hands back: its blocks, and the title that the document gives itself. */
export interface Parsed {
  builder: BlockBuilder;
  title: string | null;
  /** What the document says of its category, language, audience and validity. */
  scope?: GivenScope;
}

const PARSERS: Record<MediaType, (text: string) => Parsed> = {
  'text/markdown': parseMarkdown,
  'text/html': parseHtml,
  'text/plain': parseText,
};

/**
 * A file as plain text with its blocks. The title is the one given with the file, else the document's
 * own, else its name.
 * @throws document_binary, document_encoding, document_empty
 */
export function parseDocument(file: SourceFile): ParsedDocument {
  const text = decodeBytes(file.bytes, file.source);
  const mediaType = detectMediaType(file, text);
  const parsed = PARSERS[mediaType](text);
  const title = firstTitle(file.title, parsed.title) ?? titleFromName(file.name);
  const built = parsed.builder.build(title);
  if (!/[\p{L}\p{N}\p{S}]/u.test(built.text))
    throw new AnswerboxError('document_empty', { source: file.source });
  return { title, mediaType, ...built, ...(parsed.scope && { scope: parsed.scope }) };
}

function firstTitle(...titles: (string | null | undefined)[]): string | undefined {
  return titles.map((title) => cutTitle(title ?? '')).find((title) => title !== '');
}

/** The name decides, then the media type given; but what begins like an HTML page is one. */
export function detectMediaType(file: Pick<SourceFile, 'name' | 'mediaType'>, text: string): MediaType {
  const head = text.slice(0, 2048);
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?(?:<!doctype\s+html|<html[\s>])/i.test(head))
    return 'text/html';
  const extension = /\.([a-z]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? '';
  if (/^(?:md|markdown)$/.test(extension)) return 'text/markdown';
  if (/^(?:txt|text)$/.test(extension)) return 'text/plain';
  if (/^(?:html?|xhtml)$/.test(extension)) return /<[a-z!/]/i.test(text) ? 'text/html' : 'text/plain';
  const given = file.mediaType?.split(';')[0]?.trim().toLowerCase();
  if (given === 'text/html' || given === 'application/xhtml+xml') return 'text/html';
  if (given === 'text/markdown' || /^(?:---\n|#{1,6} )|\n#{1,6} /.test(head)) return 'text/markdown';
  return /<(?:body|main|article|h[1-6]|p|div)[\s>]/i.test(head) ? 'text/html' : 'text/plain';
}
