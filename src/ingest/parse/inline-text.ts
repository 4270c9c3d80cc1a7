import type { Lexer, MarkedToken, Token } from 'marked';
import { decodeEntities } from './decode-entities.ts';

/** Characters lexed at once: on runs such as "_a_a_a" the inline lexer takes quadratic time. */
const LEXED_CHARACTERS = 4000;

const INLINE_TAG =
  /^<\/?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|strike|sub|sup|time|tt|u|var|wbr)\b/i;
const UNREAD_TAG = /^<(\/?)(?:script|style|template|noscript)\b/i;

/** Is told of each picture in a text: what it is said to show, and its address. */
export type OnPicture = (alt: string, address: string) => void;

/** Inline Markdown as plain text: marks, tags and link targets gone, entities decoded. */
export function inlineText(lexer: Lexer, source: string, onPicture?: OnPicture): string {
  const parts: string[] = [];
  for (let from = 0; from < source.length;) {
    const to = pieceEnd(source, from);
    parts.push(pieceText(lexer, source.slice(from, to), onPicture));
    from = to;
  }
  return parts.join('');
}

function pieceEnd(source: string, from: number): number {
  const to = from + LEXED_CHARACTERS;
  if (to >= source.length) return source.length;
  const space = Math.max(source.lastIndexOf(' ', to), source.lastIndexOf('\n', to));
  return space > from ? space : to;
}

function pieceText(lexer: Lexer, source: string, onPicture: OnPicture | undefined): string {
  try {
    return tokensText(lexer.inlineTokens(source), { unread: 0, onPicture });
  } catch (error) {
    // Thousands of emphasis marks in one another: the text itself is still worth keeping.
    if (error instanceof RangeError) return source;
    throw error;
  }
}

/** How many script-like elements are open; their text is not read. */
interface Reading {
  unread: number;
  onPicture: OnPicture | undefined;
}

function tokensText(tokens: readonly Token[], reading: Reading): string {
  return (tokens as MarkedToken[]).map((token) => tokenText(token, reading)).join('');
}

function tokenText(token: MarkedToken, reading: Reading): string {
  if (token.type === 'html') return tagText(token.raw, reading);
  if (reading.unread > 0) return '';
  switch (token.type) {
    case 'br':
      return ' ';
    case 'codespan':
    case 'escape':
      return token.text;
    case 'image':
      reading.onPicture?.(decodeEntities(token.text), token.href);
      return decodeEntities(token.text);
    case 'text':
      return decodeEntities(token.text);
    case 'link':
    case 'strong':
    case 'em':
    case 'del':
      return tokensText(token.tokens, reading);
    default:
      return '';
  }
}

function tagText(raw: string, reading: Reading): string {
  const unread = UNREAD_TAG.exec(raw);
  if (unread) reading.unread = Math.max(0, reading.unread + (unread[1] === '/' ? -1 : 1));
  if (reading.unread > 0 || raw.startsWith('<!--')) return '';
  const address = /^<img\b[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(raw);
  const alternative = /^<img\b[^>]*?\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(raw);
  const alt = decodeEntities(alternative?.[1] ?? alternative?.[2] ?? '');
  if (address) reading.onPicture?.(alt, decodeEntities(address[1] ?? address[2] ?? ''));
  if (alternative) return decodeEntities(alternative[1] ?? alternative[2] ?? '');
  return INLINE_TAG.test(raw) ? '' : ' ';
}
