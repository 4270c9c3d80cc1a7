import { readFileSync } from 'node:fs';
import * as library from '@huggingface/tokenizers';
import { AnswerboxError } from '../errors.ts';
import type { Span, TokenCounter } from './contracts.ts';

/** What is used of the library, whose own declarations do not resolve under NodeNext. */
export interface WordEncoder {
  encode(text: string, options: { add_special_tokens: boolean }): { ids: number[] };
  token_to_id(token: string): number | undefined;
}
const { Tokenizer } = library as unknown as {
  Tokenizer: new (tokenizer: object, config: object) => WordEncoder;
};

/** Token ids with the span of the word that each belongs to (UTF-16 offsets of the text given). */
export interface EncodedText {
  ids: number[];
  spans: Span[];
}

/**
 * Words that stay in memory. A help desk has some 50,000 different ones; each takes about 150 bytes.
 * Range 1,000…1,000,000.
 */
const CACHED_WORDS = 50_000;

/** Longer words become one unknown token anyway; encoding a megabyte of base64 to learn that is wasted. */
const LONGEST_WORD = 1_000;

// BERT's rules: a punctuation mark (all ASCII symbols count) and an ideograph are words of their own,
// white space parts words. Control characters vanish inside a word, so only these spaces part.
const PUNCTUATION = '\\p{P}!-\\/:-@\\[-`{-~';
const IDEOGRAPH =
  '\\u{4E00}-\\u{9FFF}\\u{3400}-\\u{4DBF}\\u{20000}-\\u{2A6DF}\\u{2A700}-\\u{2CEAF}\\u{F900}-\\u{FAFF}\\u{2F800}-\\u{2FA1F}';
const SPACE = '\\t\\n\\r\\p{Z}';
const WORD = new RegExp(`[${PUNCTUATION}${IDEOGRAPH}]|[^${PUNCTUATION}${IDEOGRAPH}${SPACE}]+`, 'gu');

/** Words of BERT's basic tokenisation as spans of the text. */
export function* wordSpans(text: string): Generator<Span> {
  for (const match of text.matchAll(WORD)) yield { start: match.index, end: match.index + match[0].length };
}

/**
 * WordPiece with exact offsets. Each word is encoded alone, without special tokens, so a text that
 * contains "[SEP]" cannot forge one.
 */
export class WordPieces {
  readonly clsId: number;
  readonly sepId: number;
  readonly padId: number;
  private readonly tokenizer: WordEncoder;
  private readonly cache = new Map<string, readonly number[]>();

  constructor(tokenizer: WordEncoder) {
    this.tokenizer = tokenizer;
    this.clsId = this.specialId('[CLS]');
    this.sepId = this.specialId('[SEP]');
    this.padId = this.specialId('[PAD]');
  }

  /** Ids without special tokens, cut after `maxTokens`. */
  encode(text: string, maxTokens = Infinity): EncodedText {
    const ids: number[] = [];
    const spans: Span[] = [];
    for (const span of wordSpans(text)) {
      for (const id of this.pieces(text.slice(span.start, span.end))) {
        if (ids.length >= maxTokens) return { ids, spans };
        ids.push(id);
        spans.push(span);
      }
    }
    return { ids, spans };
  }

  countTokens(text: string): number {
    let count = 0;
    for (const [word] of text.matchAll(WORD)) count += this.pieces(word).length;
    return count;
  }

  private pieces(word: string): readonly number[] {
    const known = this.cache.get(word);
    if (known) return known;
    const ids = this.tokenizer.encode(word.slice(0, LONGEST_WORD), { add_special_tokens: false }).ids;
    // Forgetting everything now and then is cheaper than ordering every look-up by age.
    if (this.cache.size >= CACHED_WORDS) this.cache.clear();
    if (word.length <= 64) this.cache.set(word, ids);
    return ids;
  }

  private specialId(token: string): number {
    const id = this.tokenizer.token_to_id(token);
    if (id !== undefined) return id;
    throw new AnswerboxError('model_unusable', {
      file: 'tokenizer.json',
      reason: `it has no ${token} token`,
    });
  }
}

/** A tokenizer of any kind that the library knows. @throws model_missing when the file cannot be read, model_unusable when it is none */
export function loadTokenizer(tokenizerFile: string): WordEncoder {
  let text: string;
  try {
    text = readFileSync(tokenizerFile, 'utf8');
  } catch (error) {
    throw new AnswerboxError('model_missing', { file: tokenizerFile }, error);
  }
  try {
    return new Tokenizer(JSON.parse(text) as object, {});
  } catch (error) {
    throw new AnswerboxError('model_unusable', { file: tokenizerFile, reason: 'it is no tokenizer' }, error);
  }
}

/** @throws model_missing when the file cannot be read, model_unusable when it is no WordPiece tokenizer */
export function loadWordPieces(tokenizerFile: string): WordPieces {
  return new WordPieces(loadTokenizer(tokenizerFile));
}

/** Counts with the embedder's vocabulary; pure JavaScript, so the main process loads no native runtime. */
export function createTokenCounter(tokenizerFile: string): TokenCounter {
  const pieces = loadWordPieces(tokenizerFile);
  return { countTokens: (text) => pieces.countTokens(text) };
}
